const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** "just now", "3 min. ago", "in 2 hr."; seconds are not counted, since it is not drawn again every second. */
export const formatRelative = (date: Date, nowMs: number): string => {
  const differenceMs = date.getTime() - nowMs;
  const unit = UNITS.find(([, ms]) => Math.abs(differenceMs) >= ms);
  if (unit === undefined) return differenceMs > 15_000 ? 'in less than a minute' : 'just now';
  return relative.format(Math.trunc(differenceMs / unit[1]), unit[0]);
};

/** "2026-11-24 08:43:10 UTC" */
export const utcText = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
const FULL: Intl.DateTimeFormatOptions = {
  ...CLOCK,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZoneName: 'short',
};

/** Kept, since to make one takes far longer than to use it, and lists show hundreds of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (format: 'clock' | 'full', timeZone: string | undefined): Intl.DateTimeFormat => {
  const key = `${format} ${timeZone ?? ''}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...(format === 'clock' ? CLOCK : FULL), timeZone });
  formatters.set(key, made);
  return made;
};

/** In a zone; without one in that of whoever runs it. */
export const zonedText = (date: Date, format: 'clock' | 'full', timeZone?: string): string =>
  formatterOf(format, timeZone).format(date);

/** "0.4 s", "12 s", "3 min 20 s", "2 h 5 min": how long something took. */
export const formatDuration = (ms: number): string => {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
