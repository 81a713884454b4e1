import { zonedText } from '@/components/ui/time-text';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TICK_STEPS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS];
const TICKS_MAX = 7;

/** Milliseconds by which a zone's clocks are ahead of UTC at a moment; without a zone those of whoever runs it. */
const offsetMs = (ms: number, timeZone: string | undefined): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((p) => p.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(ms / 1_000) * 1_000;
};

/** Full minutes, quarters, hours or days of a zone within a window, so few that their texts do not touch. */
export const timeTicks = (fromMs: number, toMs: number, timeZone?: string): readonly number[] => {
  const stepMs = TICK_STEPS_MS.find((step) => (toMs - fromMs) / step <= TICKS_MAX) ?? (toMs - fromMs) / TICKS_MAX;
  const offset = offsetMs(fromMs, timeZone);
  const first = Math.ceil((fromMs + offset) / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((toMs + offset - first) / stepMs) + 1);
  return Array.from({ length: count }, (_, i) => {
    const wall = first + i * stepMs;
    // Clocks may have changed within the window.
    return wall - offsetMs(wall - offset, timeZone);
  }).filter((at) => at >= fromMs && at <= toMs);
};

/** What stands at the time axis: days where the window is longer than one, else the time of day. */
export const tickText = (ms: number, windowMs: number, timeZone?: string): string =>
  windowMs > DAY_MS
    ? new Date(ms).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', timeZone })
    : new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });

/** What stands at the crosshair: the moment in the zone, and in UTC. */
export const momentTexts = (ms: number, timeZone?: string): { readonly zoned: string; readonly utc: string } => ({
  zoned: zonedText(new Date(ms), 'full', timeZone),
  utc: `${new Date(ms).toISOString().slice(11, 19)} UTC`,
});
