import { Temporal } from 'temporal-polyfill';

/** Whether this is an IANA time zone that is known here. */
export const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * The moment of a wall-clock time, milliseconds since 1970. Clock changes: a time that the change skips is the moment of
 * the change; of a time that it doubles, a start is the first and an end the second, so that no run is cut short.
 */
export const momentOf = (local: Temporal.PlainDateTime, zone: string, edge: 'start' | 'end'): number => {
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (later.epochMilliseconds === earlier.epochMilliseconds) return later.epochMilliseconds;
  if (later.toPlainDateTime().equals(local)) return (edge === 'start' ? earlier : later).epochMilliseconds;
  const change = earlier.getTimeZoneTransition('next');
  return (change ?? later).epochMilliseconds;
};

export const localDate = (atMs: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate();
