/** Name of the frontend that takes clients in every member's HAProxy. */
const SERVICE = 'service';

/**
 * Client connections that are open at a proxy, from its statistics as CSV (HAProxy management guide, 9.1): `scur` of the
 * frontend that takes clients. Null when the text has no such line.
 */
export const connectionsIn = (csv: string): number | null => {
  const [head = '', ...rows] = csv.split('\n');
  const columns = head.replace(/^# /, '').split(',');
  const [name, server, current] = ['pxname', 'svname', 'scur'].map((column) => columns.indexOf(column));
  if (name === undefined || server === undefined || current === undefined || current < 0) return null;
  for (const row of rows) {
    const fields = row.split(',');
    if (fields[name] !== SERVICE || fields[server] !== 'FRONTEND') continue;
    const connections = Number.parseInt(fields[current] ?? '', 10);
    return Number.isNaN(connections) ? null : connections;
  }
  return null;
};
