import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit';

const limit = () => createRateLimit({ attemptsMax: 3, windowMs: 1_000, keysMax: 2 });

describe('the rate limit', () => {
  it('lets through as many attempts as allowed and tells how long to wait', () => {
    const rate = limit();
    expect([0, 1, 2, 3].map((at) => rate.attempt('ada', at))).toEqual([true, true, true, false]);
    expect(rate.waitMs('ada', 400)).toBe(600);
    expect(rate.attempt('ada', 1_000)).toBe(true);
  });

  it('forgets the failures of who succeeds, and keeps keys apart', () => {
    const rate = limit();
    for (const at of [0, 1, 2]) rate.attempt('ada', at);
    expect(rate.waitMs('bob', 3)).toBe(0);
    rate.succeeded('ada');
    expect(rate.attempt('ada', 3)).toBe(true);
  });

  it('keeps no more keys than allowed', () => {
    const rate = limit();
    for (const at of [0, 1, 2]) rate.attempt('first', at);
    rate.attempt('second', 3);
    rate.attempt('third', 4);
    expect(rate.waitMs('first', 5)).toBe(0);
  });
});
