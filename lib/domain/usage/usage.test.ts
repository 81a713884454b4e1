import { describe, expect, it } from 'vitest';
import { checkLedger } from './check';
import { HOUR_MS, hoursOf, monthEndMs, monthStartMs, nextMonth, previousMonth } from './month';
import { asHeard, BECAUSE, Books, randomLives, seededRandom, subjectOf } from './testing';

const HISTORIES = 1_000;
const FROM_MS = Date.parse('2026-01-10T00:00:00.000Z');

const lengthOf = (intervals: readonly { readonly startMs: number; readonly endMs: number }[]): number =>
  intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

describe('the ledger', () => {
  it('holds every lived millisecond exactly once, in 1,000 seeded histories of late, doubled and shuffled reports', () => {
    let livedMs = 0;
    let intervals = 0;
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const random = seededRandom(seed);
      const lives = randomLives(random, FROM_MS);
      const heard = asHeard(
        random,
        lives.flatMap(({ reports }) => reports),
      );
      const books = new Books();
      for (const report of heard) books.note(report);
      expect(checkLedger(books.facts, books.intervals), `seed ${seed}`).toEqual([]);
      const ended = lives.filter((life) => life.endMs !== null);
      const lived = ended.reduce((sum, { startMs, endMs }) => sum + (endMs ?? startMs) - startMs, 0);
      const runs = new Set(ended.map(({ resourceId, startMs }) => `vm.${resourceId}.${startMs}`));
      expect(lengthOf(books.intervals.filter(({ runId }) => runs.has(runId))), `seed ${seed}`).toBe(lived);
      // All of it again, as after a restart: not a row more.
      const before = [books.facts.length, books.intervals.length];
      for (const report of heard) books.note(report);
      expect([books.facts.length, books.intervals.length], `seed ${seed}`).toEqual(before);
      livedMs += lived;
      intervals += books.intervals.length;
    }
    expect(livedMs).toBeGreaterThan(HISTORIES * HOUR_MS);
    expect(intervals).toBeGreaterThan(HISTORIES * 3);
  }, 240_000);

  it('never overlaps where something is charged otherwise from one moment on', () => {
    const books = new Books();
    const run = { resource: 'vm', resourceId: 'a', startedAtMs: FROM_MS } as const;
    books.note({ ...run, kind: 'started', subject: subjectOf({ tier: 'overlap' }), because: BECAUSE });
    books.note({ ...run, kind: 'changed', atMs: FROM_MS + 5, subject: subjectOf(), because: BECAUSE });
    books.note({
      ...run,
      kind: 'changed',
      atMs: FROM_MS + 5,
      subject: subjectOf({ costCentre: 'x' }),
      because: BECAUSE,
    });
    books.note({ ...run, kind: 'ended', atMs: FROM_MS + 9, because: BECAUSE });
    expect(
      books.intervals.map(({ subject, startMs, endMs, endsRun }) => [
        subject.tier,
        subject.costCentre,
        startMs - FROM_MS,
        endMs - FROM_MS,
        endsRun,
      ]),
    ).toEqual([
      ['overlap', 'default', 0, 5, false],
      ['service', 'x', 5, 9, true],
    ]);
  });

  it.each(['2026-01', '2026-02', '2028-02', '2026-03', '2026-10', '2026-12'])(
    "has exactly the month's hours of a VM that runs all of %s",
    (month) => {
      const books = new Books();
      const startedAtMs = monthStartMs(previousMonth(month)) + 12_345;
      const run = { resource: 'vm', resourceId: 'a', startedAtMs } as const;
      books.note({ ...run, kind: 'started', subject: subjectOf(), because: BECAUSE });
      books.note({ ...run, kind: 'seen', atMs: monthEndMs(nextMonth(month)) - 1 });
      const within = books.intervals.filter(({ startMs }) => startMs === monthStartMs(month));
      expect(lengthOf(within)).toBe(hoursOf(month) * HOUR_MS);
    },
  );

  it('does not take a month for outlived before the hypervisor says so', () => {
    const books = new Books();
    const run = { resource: 'vm', resourceId: 'a', startedAtMs: monthStartMs('2026-02') } as const;
    books.note({ ...run, kind: 'started', subject: subjectOf(), because: BECAUSE });
    books.note({ ...run, kind: 'seen', atMs: monthEndMs('2026-02') - 1 });
    expect(books.intervals).toEqual([]);
    books.note({ ...run, kind: 'ended', atMs: monthStartMs('2026-02') + 1_000, because: BECAUSE });
    expect(lengthOf(books.intervals)).toBe(1_000);
  });

  it('is found wanting where a row is missing, too long, or of nothing', () => {
    const books = new Books();
    const run = { resource: 'vm', resourceId: 'a', startedAtMs: FROM_MS } as const;
    books.note({ ...run, kind: 'started', subject: subjectOf(), because: BECAUSE });
    books.note({
      ...run,
      kind: 'changed',
      atMs: FROM_MS + 50,
      subject: subjectOf({ tier: 'spare' }),
      because: BECAUSE,
    });
    books.note({ ...run, kind: 'ended', atMs: FROM_MS + 90, because: BECAUSE });
    const [first, second] = books.intervals;
    if (first === undefined || second === undefined) throw new Error('two intervals');
    const kinds = (intervals: typeof books.intervals): readonly string[] =>
      checkLedger(books.facts, intervals).map(({ kind }) => kind);
    expect(kinds([first, second])).toEqual([]);
    expect(kinds([first])).toContain('gap');
    expect(kinds([second])).toContain('gap');
    expect(kinds([{ ...first, endMs: first.endMs + 10 }, second])).toContain('overlap');
    expect(kinds([first, second, { ...first, runId: 'vm.b.1', id: 'vm.b.1.1', resourceId: 'b' }])).toContain(
      'unfounded',
    );
  });
});
