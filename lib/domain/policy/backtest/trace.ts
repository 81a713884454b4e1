import { HeadroomError } from '../../errors';

/** Values over time, as two columns of equal length: milliseconds since 1970, ascending, and NaN for no data. */
export interface Trace {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Below it a number is taken for seconds: as milliseconds it would be March 1973. */
const MILLISECONDS_FROM = 100_000_000_000;
const NUMBER = /^\d+(\.\d+)?$/;
const HAS_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i;

const malformed = (line: number, message: string): HeadroomError =>
  new HeadroomError('malformed', `Line ${line} of the trace: ${message}`, {
    details: { fields: [{ field: 'trace', message: `Line ${line}: ${message}` }] },
  });

/** ISO 8601, in UTC where no offset is given, or seconds or milliseconds since 1970; NaN for anything else. */
const parseTime = (text: string): number => {
  if (NUMBER.test(text)) {
    const number = Number(text);
    return number < MILLISECONDS_FROM ? number * 1000 : number;
  }
  if (text.length > 10 && !HAS_OFFSET.test(text)) return Date.parse(`${text.replace(' ', 'T')}Z`);
  return Date.parse(text.replace(' ', 'T'));
};

const parseValue = (text: string): number => (text === '' ? Number.NaN : Number(text));

const unquoted = (text: string): string => {
  const trimmed = text.trim();
  return trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
};

const separatorOf = (line: string): string => {
  const found = [',', ';', '\t'].find((separator) => line.includes(separator));
  return found ?? ',';
};

/**
 * Reads a CSV of time and value, one point a line; a first line of column names, blank lines and lines that begin with #
 * are passed over, further columns are not looked at. An empty value is no data.
 * Throws `malformed` with the line's number for what is neither, for times that do not ascend, and for fewer than two points.
 */
export const parseTrace = (text: string): Trace => {
  let capacity = 1_024;
  let times = new Float64Array(capacity);
  let values = new Float64Array(capacity);
  let count = 0;
  let number = 0;
  let separator: string | null = null;
  for (let begin = 0; begin < text.length; ) {
    const found = text.indexOf('\n', begin);
    const end = found < 0 ? text.length : found;
    const line = text.slice(begin, end).trim();
    begin = end + 1;
    number += 1;
    if (line === '' || line.startsWith('#')) continue;
    separator ??= separatorOf(line);
    const cut = line.indexOf(separator);
    if (cut < 0) throw malformed(number, 'two columns are wanted, a time and a value.');
    const next = line.indexOf(separator, cut + 1);
    const timeText = unquoted(line.slice(0, cut));
    const valueText = unquoted(next < 0 ? line.slice(cut + 1) : line.slice(cut + 1, next));
    const time = parseTime(timeText);
    const value = parseValue(valueText);
    if (Number.isNaN(time)) {
      if (count === 0 && number <= 2) continue;
      throw malformed(
        number,
        `${JSON.stringify(timeText)} is no time: ISO 8601, or seconds or milliseconds since 1970.`,
      );
    }
    if (Number.isNaN(value) && valueText !== '') throw malformed(number, `${JSON.stringify(valueText)} is no number.`);
    if (count > 0 && time <= (times[count - 1] ?? 0)) throw malformed(number, 'times must ascend.');
    if (count === capacity) {
      capacity *= 2;
      times = grown(times, capacity);
      values = grown(values, capacity);
    }
    times[count] = time;
    values[count] = value;
    count += 1;
  }
  if (count < 2) throw new HeadroomError('malformed', 'The trace has fewer than two points.');
  return { times: times.subarray(0, count), values: values.subarray(0, count) };
};

const grown = (from: Float64Array, capacity: number): Float64Array<ArrayBuffer> => {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
};

/** Time between points, as most of them have it: the median of the first 1,000 steps. */
export const stepOf = ({ times }: Trace): number => {
  const steps = Array.from(
    { length: Math.min(1_000, times.length - 1) },
    (_, i) => (times[i + 1] ?? 0) - (times[i] ?? 0),
  );
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 0;
};
