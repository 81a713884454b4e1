import { expect, it } from 'vitest';
import { type AskedBefore, restBeforeAsking } from './ask-again';

const SIZE = { nodes: 3, vcpus: 1, memoryMiB: 256 };
const HOUR_MS = 3_600_000;
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
const expired = (hour: number): AskedBefore => ({ state: 'expired', to: SIZE, decidedAt: at(hour) });

it('asks where nothing was asked, where another size was, and where what was asked was done or is no longer wanted', () => {
  expect(restBeforeAsking([], SIZE, HOUR_MS)).toBeNull();
  expect(restBeforeAsking([expired(1)], { ...SIZE, nodes: 4 }, HOUR_MS)).toBeNull();
  for (const state of ['approved', 'superseded'])
    expect(restBeforeAsking([{ state, to: SIZE, decidedAt: at(1) }], SIZE, HOUR_MS)).toBeNull();
});

it('respects a rejection for as long as a recommendation stands', () => {
  expect(restBeforeAsking([{ state: 'rejected', to: SIZE, decidedAt: at(1) }], SIZE, HOUR_MS)).toEqual({
    code: 'declined',
    untilMs: at(2).getTime(),
  });
});

it('rests twice as long each time that nobody answers, a day at most', () => {
  const restHours = (times: number): number => {
    const rest = restBeforeAsking(
      Array.from({ length: times }, () => expired(0)),
      SIZE,
      HOUR_MS,
    );
    return ((rest?.untilMs ?? 0) - at(0).getTime()) / HOUR_MS;
  };
  expect([1, 2, 3, 10].map(restHours)).toEqual([1, 2, 4, 24]);
  expect(restBeforeAsking([expired(0)], SIZE, 72 * HOUR_MS)?.untilMs).toBe(at(72).getTime());
});

it('counts only what came to nothing in a row', () => {
  const before = [expired(3), { state: 'approved', to: SIZE, decidedAt: at(2) }, expired(1)];
  expect(restBeforeAsking(before, SIZE, HOUR_MS)).toEqual({ code: 'unanswered', untilMs: at(4).getTime() });
});
