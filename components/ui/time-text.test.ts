import { describe, expect, it } from 'vitest';
import { formatDuration, formatRelative, utcText } from './time-text';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [61.4, '61 ms'],
    [4_230, '4.2 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('a moment', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  it.each([
    ['2026-03-01T11:59:30Z', 'just now'],
    ['2026-03-01T11:57:10Z', '2 min. ago'],
    ['2026-03-01T09:00:00Z', '3 hr. ago'],
    ['2026-02-27T12:00:00Z', '2 days ago'],
    ['2026-03-01T12:00:40Z', 'in less than a minute'],
    ['2026-03-01T12:05:00Z', 'in 5 min.'],
  ])('%s reads %s', (at, text) => {
    expect(formatRelative(new Date(at), now)).toBe(text);
  });

  it('is the same everywhere in UTC', () => {
    expect(utcText(new Date('2026-03-01T12:00:00.123Z'))).toBe('2026-03-01 12:00:00 UTC');
  });
});
