import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { calendarReader, nextRuns } from './calendar';
import { evaluatePolicy, NO_STATE } from './evaluate';
import { runsFrom } from './runs';
import type { CalendarRule, When } from './schema';
import { observation, rules } from './testing';

const calendar = (entries: readonly object[], zone = 'Europe/Paris') => {
  const policy = rules({ kind: 'calendar', zone, base: { nodes: 2 }, entries });
  return { policy, rule: policy.rule as CalendarRule };
};
const DECEMBER = { name: 'December', size: { nodes: 6 }, when: { kind: 'months', months: [12] } };
const OFFICE = {
  name: 'office hours',
  size: { nodes: 4 },
  when: { kind: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' },
};
const iso = (ms: number) => new Date(ms).toISOString();
const runs = (when: When, from: string, count: number) => {
  const found: string[] = [];
  for (const run of runsFrom(when, 'Europe/Paris', Date.parse(from))) {
    found.push(`${iso(run.startMs).slice(0, 16)} ${iso(run.endMs).slice(0, 16)}`);
    if (found.length === count) break;
  }
  return found;
};

describe('a calendar', () => {
  it('has months and weekly hours in force in its own zone, and returns to its base', () => {
    const { policy } = calendar([DECEMBER, OFFICE]);
    const wants = (at: string, nodes: number) =>
      evaluatePolicy(policy, observation(nodes), NO_STATE, Date.parse(at)).to.nodes;
    expect(wants('2026-11-30T22:59:00Z', 2)).toBe(2);
    expect(wants('2026-11-30T23:00:00Z', 2)).toBe(6);
    expect(wants('2026-12-31T22:59:59Z', 2)).toBe(6);
    expect(wants('2026-12-31T23:00:00Z', 6)).toBe(2);
    expect(wants('2026-06-01T06:00:00Z', 2)).toBe(4);
    expect(wants('2026-06-01T05:59:59Z', 2)).toBe(2);
    expect(wants('2026-06-06T10:00:00Z', 4)).toBe(2);
  });

  it('lets the higher priority win where entries overlap, and the first of equals', () => {
    const at = Date.parse('2026-12-02T10:00:00Z');
    const entryOf = (entries: readonly object[]) => calendarReader(calendar(entries).rule)(at).entry?.name;
    expect(entryOf([DECEMBER, OFFICE])).toBe('December');
    expect(entryOf([DECEMBER, { ...OFFICE, priority: 1 }])).toBe('office hours');
  });

  it('shows its next ten runs in their order', () => {
    const next = nextRuns(calendar([DECEMBER, OFFICE]).rule, Date.parse('2026-11-27T12:00:00Z'));
    expect(next).toHaveLength(10);
    expect(next.slice(0, 3).map((run) => `${run.name} ${iso(run.startMs)}`)).toEqual([
      'office hours 2026-11-27T07:00:00.000Z',
      'office hours 2026-11-30T07:00:00.000Z',
      'December 2026-11-30T23:00:00.000Z',
    ]);
    expect([...next].sort((a, b) => a.startMs - b.startMs)).toEqual(next);
  });

  it('knows dates of one year and of every year, and hours over midnight', () => {
    const once: When = { kind: 'dates', from: '2026-12-24', to: '2026-12-26', yearly: false };
    expect(runs(once, '2026-01-01T00:00:00Z', 3)).toEqual(['2026-12-23T23:00 2026-12-26T23:00']);
    expect(runs(once, '2027-01-01T00:00:00Z', 3)).toEqual([]);
    const yearly: When = { kind: 'dates', from: '2020-12-28', to: '2021-01-02', yearly: true };
    expect(runs(yearly, '2026-01-01T12:00:00Z', 2)).toEqual([
      '2025-12-27T23:00 2026-01-02T23:00',
      '2026-12-27T23:00 2027-01-02T23:00',
    ]);
    const night: When = { kind: 'weekly', days: ['sat'], from: '22:00', to: '06:00' };
    expect(runs(night, '2026-11-22T01:00:00Z', 2)).toEqual([
      '2026-11-21T21:00 2026-11-22T05:00',
      '2026-11-28T21:00 2026-11-29T05:00',
    ]);
  });
});

describe('the change to summer time, 29 March 2026, 02:00 → 03:00', () => {
  const sunday = (from: string, to: string): When => ({ kind: 'weekly', days: ['sun'], from, to });
  const on = (from: string, to: string) => runs(sunday(from, to), '2026-03-28T23:00:00Z', 1)[0];

  it('takes a time that is skipped for the moment of the change', () => {
    expect(on('02:30', '04:00')).toBe('2026-03-29T01:00 2026-03-29T02:00');
    expect(on('01:00', '02:30')).toBe('2026-03-29T00:00 2026-03-29T01:00');
  });

  it('leaves a run out of which nothing remains', () => {
    expect(on('02:15', '02:45')).toBe('2026-04-05T00:15 2026-04-05T00:45');
  });
});

describe('the change to winter time, 25 October 2026, 03:00 → 02:00', () => {
  const sunday = (from: string, to: string): When => ({ kind: 'weekly', days: ['sun'], from, to });
  const on = (from: string, to: string) => runs(sunday(from, to), '2026-10-24T22:00:00Z', 1)[0];

  it('begins at the first of two equal times and ends at the second, so that no run is cut short', () => {
    expect(on('02:30', '04:00')).toBe('2026-10-25T00:30 2026-10-25T03:00');
    expect(on('01:00', '02:30')).toBe('2026-10-24T23:00 2026-10-25T01:30');
    expect(on('02:15', '02:45')).toBe('2026-10-25T00:15 2026-10-25T01:45');
  });
});

it('whatever the zone and the moment, an entry is in force exactly when the wall clock says so', () => {
  const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') }),
      (zone, atMs) => {
        const { entry } = calendarReader(calendar([OFFICE], zone).rule)(atMs);
        const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
        expect(entry !== null).toBe(local.dayOfWeek <= 5 && local.hour >= 8 && local.hour < 18);
      },
    ),
    { numRuns: 300 },
  );
});

it('a reader that is asked again and again answers as one that is asked once', () => {
  const { rule } = calendar([DECEMBER, OFFICE]);
  const kept = calendarReader(rule);
  for (let hour = 0; hour < 24 * 40; hour += 1) {
    const atMs = Date.parse('2026-11-10T00:30:00Z') + hour * 3_600_000;
    expect(kept(atMs).entry?.name).toBe(calendarReader(rule)(atMs).entry?.name);
  }
});
