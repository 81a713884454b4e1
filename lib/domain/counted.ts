/** "1 node", "2 nodes": a number with its noun. `many` where an s does not make it. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
