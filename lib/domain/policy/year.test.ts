import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarReader } from './calendar';
import type { CalendarRule } from './schema';
import { rules } from './testing';
import { stretchesOf, yearOf } from './year';

const HOUR = 3_600_000;
const calendar = (entries: readonly object[], zone = 'Europe/Paris') =>
  rules({ kind: 'calendar', zone, base: { nodes: 2 }, entries }).rule as CalendarRule;
const OFFICE = {
  name: 'office hours',
  size: { nodes: 4 },
  when: { kind: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' },
};
const PEAK = { name: 'peak months', size: { nodes: 6 }, when: { kind: 'months', months: [5, 12] } };
const SALES = {
  name: 'sales',
  priority: 1,
  size: { nodes: 8 },
  when: { kind: 'dates', from: '2026-11-27', to: '2026-11-30', yearly: true },
};
const NIGHT = {
  name: 'night',
  priority: 2,
  size: { nodes: 3 },
  when: { kind: 'weekly', days: ['sat', 'sun'], from: '22:00', to: '06:00' },
};

describe('a year of a calendar', () => {
  it('has every day once, with what is in force in it', () => {
    const days = yearOf(calendar([OFFICE, SALES]), 2026);
    expect(days).toHaveLength(365);
    expect(yearOf(calendar([OFFICE]), 2028)).toHaveLength(366);
    const of = (date: string) => days.find((day) => day.date === date);
    expect(of('2026-01-03')?.parts).toEqual([]);
    const [monday] = of('2026-01-05')?.parts ?? [];
    expect(monday).toEqual({
      entry: 0,
      startMs: Date.parse('2026-01-05T07:00:00Z'),
      endMs: Date.parse('2026-01-05T17:00:00Z'),
    });
    const sales = of('2026-11-28');
    expect(sales?.parts).toEqual([{ entry: 1, startMs: sales?.startMs, endMs: sales?.endMs }]);
  });

  it('knows that a day of a clock change is an hour shorter or longer', () => {
    const lengths = new Map(yearOf(calendar([PEAK]), 2026).map((day) => [day.date, (day.endMs - day.startMs) / HOUR]));
    expect([lengths.get('2026-03-29'), lengths.get('2026-10-25'), lengths.get('2026-07-01')]).toEqual([23, 25, 24]);
  });

  it('shows at every moment what the policy would have at that moment', () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const to = Date.parse('2027-01-01T00:00:00Z');
    const entries = fc.shuffledSubarray([OFFICE, PEAK, SALES, NIGHT], { minLength: 1 });
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const moments = fc.array(fc.integer({ min: from, max: to - 1 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(entries, zone, moments, (chosen, where, at) => {
        const rule = calendar(chosen, where);
        const stretches = stretchesOf(rule, from, to);
        for (const ms of at) {
          const shown = stretches.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
          const inForce = calendarReader(rule)(ms).entry;
          expect(shown === undefined ? null : rule.entries[shown.entry]).toBe(inForce);
        }
      }),
      { numRuns: 40 },
    );
  });
});
