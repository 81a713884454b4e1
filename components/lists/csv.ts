/**
 * A field of RFC 4180. What a spreadsheet would run as a formula is made text by an apostrophe before it: names and
 * reasons are written by people. An amount stays a number, below zero too.
 */
const field = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const text = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV, lines ended by CR LF. */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
