import { describe, expect, it } from 'vitest';
import { momentTexts, tickText, timeTicks } from './time-axis';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('times at an axis', () => {
  it('are full minutes within the window', () => {
    expect(timeTicks(30_000, 5.5 * MINUTE, 'UTC')).toEqual([1, 2, 3, 4, 5].map((n) => n * MINUTE));
  });

  it('are never more than there is room for, however long the window', () => {
    for (const minutes of [5, 15, 60, 360, 10_000]) {
      const ticks = timeTicks(0, minutes * MINUTE, 'UTC');
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }
  });

  it('are midnights and full hours of the zone, also where that is half an hour off', () => {
    const from = Date.parse('2026-01-10T10:00:00Z');
    const days = timeTicks(from, from + 7 * DAY, 'Asia/Tokyo');
    expect(days[0]).toBe(Date.parse('2026-01-10T15:00:00Z'));
    expect(days).toHaveLength(7);
    expect(timeTicks(from, from + 6 * HOUR, 'Asia/Kolkata')[0]).toBe(Date.parse('2026-01-10T10:30:00Z'));
  });

  it('stay midnights when clocks change within the window', () => {
    const from = Date.parse('2026-03-26T12:00:00Z');
    const texts = timeTicks(from, from + 7 * DAY, 'Europe/Paris').map((at) =>
      new Date(at).toLocaleTimeString('en-GB', { timeZone: 'Europe/Paris' }),
    );
    expect(new Set(texts)).toEqual(new Set(['00:00:00']));
  });

  it('are written in the zone, with UTC at the crosshair', () => {
    const at = Date.parse('2026-01-10T15:30:00Z');
    expect(tickText(at, HOUR, 'Asia/Tokyo')).toBe('00:30');
    expect(tickText(at, 7 * DAY, 'Asia/Tokyo')).toMatch(/11/);
    expect(momentTexts(at, 'Asia/Tokyo').zoned).toMatch(/^11 Jan 2026, 00:30:00/);
    expect(momentTexts(at, 'Asia/Tokyo').utc).toBe('15:30:00 UTC');
  });
});
