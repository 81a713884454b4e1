import { describe, expect, it } from 'vitest';
import { type TimedStep, timeLeftMs } from './time-left';

const step = (id: string, change: Partial<TimedStep> = {}): TimedStep => ({
  id,
  kind: id.split(':')[0] ?? id,
  after: [],
  state: 'open',
  startedAtMs: null,
  ...change,
});
const TYPICAL = { create: 1_000, boot: 3_000, drain: 2_000 };

describe('the time that is left', () => {
  it('is that of the longest way through what is to come, not the sum', () => {
    const steps = [
      step('create:a'),
      step('boot:a', { after: ['create:a'] }),
      step('create:b'),
      step('drain:c', { after: ['boot:a', 'create:b'] }),
    ];
    expect(timeLeftMs(steps, TYPICAL, 0)).toBe(6_000);
  });

  it('counts what has run already, and never below nothing', () => {
    const running = step('boot:a', { state: 'running', startedAtMs: 1_000 });
    expect(timeLeftMs([running], TYPICAL, 2_000)).toBe(2_000);
    expect(timeLeftMs([running], TYPICAL, 60_000)).toBe(0);
  });

  it('leaves out what has ended', () => {
    const steps = [step('boot:a', { state: 'closed' }), step('drain:b', { after: ['boot:a'] })];
    expect(timeLeftMs(steps, TYPICAL, 0)).toBe(2_000);
    expect(timeLeftMs([step('boot:a', { state: 'closed' })], TYPICAL, 0)).toBe(0);
  });

  it('is not known while a kind that is to come was never seen', () => {
    expect(timeLeftMs([step('moveVip:x')], TYPICAL, 0)).toBeNull();
  });
});
