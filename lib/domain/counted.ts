/** "node" of one, "nodes" of any other number. `many` where an s does not make it. */
export const nounFor = (n: number, one: string, many = `${one}s`): string => (n === 1 ? one : many);

/** "1 node", "2 nodes": a number with its noun. */
export const counted = (n: number, one: string, many?: string): string => `${n} ${nounFor(n, one, many)}`;
