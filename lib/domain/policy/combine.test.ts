import { describe, expect, it } from 'vitest';
import { type Evaluated, settle } from './combine';
import { decide, NO_STATE, type Observation, preparePolicy } from './evaluate';
import type { PolicyMode, PolicyRules } from './schema';
import { CPU_RULE, observation, rules, signal } from './testing';
import { warningsOf } from './warnings';

const NOW = Date.parse('2026-12-02T10:00:00Z');
const BUSY = signal({ value: 0.9, aboveForMs: 600_000 });
const IDLE = signal({ value: 0.1, belowForMs: 600_000 });

const evaluated = (name: string, policy: PolicyRules, seen: Observation, mode: PolicyMode = 'automatic'): Evaluated => {
  const prepared = preparePolicy(policy);
  return { name, mode, policy: prepared, observation: seen, decision: decide(prepared, seen, NO_STATE, NOW) };
};
const calendar = (nodes: number) =>
  rules({
    kind: 'calendar',
    zone: 'UTC',
    base: { nodes: 1 },
    entries: [{ name: 'December', size: { nodes }, when: { kind: 'months', months: [12] } }],
  });
const outcomes = (of: readonly Evaluated[]) => settle(of, NOW).map(({ outcome, hold }) => hold?.code ?? outcome);

describe('several policies of one cluster', () => {
  it('leave one automatic change: that of who wants most', () => {
    const load = evaluated('load', rules(CPU_RULE), observation(2, { signal: BUSY }));
    const december = evaluated('december', calendar(6), observation(2));
    expect(outcomes([load, december])).toEqual(['other-policy', 'grow']);
  });

  it('shrink only when nobody objects', () => {
    const idle = evaluated('load', rules(CPU_RULE), observation(4, { signal: IDLE }));
    expect(outcomes([idle, evaluated('december', calendar(4), observation(4))])[0]).toBe('other-policy');
    expect(outcomes([idle, evaluated('december', calendar(3), observation(4))])[0]).toBe('shrink');
  });

  it('do not shrink while one of them has no data', () => {
    const december = evaluated('december', calendar(2), observation(4));
    expect(outcomes([december])).toEqual(['shrink']);
    expect(outcomes([december, evaluated('load', rules(CPU_RULE), observation(4))])[0]).toBe('other-policy');
  });

  it('are not held by one that only observes', () => {
    const idle = evaluated('load', rules(CPU_RULE), observation(4, { signal: IDLE }));
    expect(outcomes([idle, evaluated('december', calendar(9), observation(4), 'observe')])).toEqual(['shrink', 'grow']);
  });

  it('do not take the growth from one that waits for approval', () => {
    const load = evaluated('load', rules(CPU_RULE), observation(2, { signal: BUSY }));
    const december = evaluated('december', calendar(6), observation(2), 'approval');
    expect(outcomes([load, december])).toEqual(['grow', 'grow']);
  });
});

describe('warnings', () => {
  it('tell where shrinking would at once trigger growth, from which size, and what would do', () => {
    const policy = rules({ ...CPU_RULE, down: { below: 0.5, step: { nodes: 1 } } });
    expect(warningsOf(policy)).toEqual([
      expect.stringMatching(/2 → 1 nodes makes 50 % into 100 %, above 80 %. Shrink below 40 % only/),
    ]);
    expect(warningsOf(rules(CPU_RULE))).toEqual([]);
    expect(warningsOf(rules({ ...CPU_RULE, down: { below: 0.5, step: { nodes: 1 } } }, { nodesMin: 2 }))).toEqual([]);
  });

  it('tell of calendar entries that the bounds cut', () => {
    const { rule } = calendar(6);
    const empty = { vcpus: undefined, memoryMiB: undefined };
    expect(warningsOf(rules({ ...rule, base: { nodes: 1, ...empty } }, { nodesMax: 4 }))).toEqual([
      'December lies outside the bounds of the policy: it becomes 6 → 4 nodes.',
    ]);
  });
});
