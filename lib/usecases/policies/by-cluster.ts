/** Rows by their cluster, in their order. */
export const byCluster = <T extends { readonly clusterId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const group = found.get(row.clusterId);
    if (group === undefined) found.set(row.clusterId, [row]);
    else group.push(row);
  }
  return found;
};
