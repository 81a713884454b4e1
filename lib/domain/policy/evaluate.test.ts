import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePolicy, NO_STATE, type PolicyState } from './evaluate';
import { explain } from './explain';
import { policySchema } from './schema';
import { CPU_RULE, observation, rules, signal, size } from './testing';

const NOW = Date.parse('2026-05-04T12:00:00Z');
const MINUTE = 60_000;
const BUSY = signal({ value: 0.9, aboveForMs: 3 * MINUTE });
const IDLE = signal({ value: 0.1, belowForMs: 6 * MINUTE });

const evaluate = (
  policy: ReturnType<typeof rules>,
  nodes: number,
  change: Parameters<typeof observation>[1],
  state: PolicyState = NO_STATE,
) => {
  const decision = evaluatePolicy(policy, observation(nodes, change), state, NOW);
  return { ...decision, reason: explain(policy.rule, decision) };
};

describe('a threshold', () => {
  it('grows above, shrinks below, and only after long enough', () => {
    const policy = rules(CPU_RULE);
    expect(evaluate(policy, 2, { signal: BUSY })).toMatchObject({
      outcome: 'grow',
      to: size(3),
      reason: 'CPU of the cluster is 90 %, above 80 % for 3 m: 2 → 3 nodes',
    });
    expect(evaluate(policy, 3, { signal: IDLE })).toMatchObject({ outcome: 'shrink', to: size(2) });
    expect(evaluate(policy, 2, { signal: signal({ value: 0.9, aboveForMs: MINUTE }) })).toMatchObject({
      outcome: 'none',
      reason: 'Did nothing: CPU of the cluster is 90 %, above 80 % for 1 m of 2 m',
    });
    expect(evaluate(policy, 2, { signal: signal({ value: 0.5 }) }).hold?.code).toBe('in-band');
  });

  it('does nothing without data, whatever was before', () => {
    for (const nothing of [null, signal({})]) {
      expect(evaluate(rules(CPU_RULE), 3, { signal: nothing })).toMatchObject({
        outcome: 'none',
        to: size(3),
        reason: 'Did nothing: no data',
      });
    }
  });

  it('waits for the cool-down of its direction, and says how long', () => {
    const policy = rules(CPU_RULE, { cooldownUpMs: MINUTE, cooldownDownMs: 5 * MINUTE });
    const state = { lastChangeMs: NOW - 2 * MINUTE, changes: [] };
    expect(evaluate(policy, 2, { signal: BUSY }, state).outcome).toBe('grow');
    expect(evaluate(policy, 3, { signal: IDLE }, state).reason).toMatch(/^Did nothing: cool-down 3 m left/);
  });

  it('holds a step back after which it would grow again', () => {
    const policy = rules({ ...CPU_RULE, down: { ...CPU_RULE.down, below: 0.5 } });
    const half = signal({ value: 0.45, belowForMs: 6 * MINUTE });
    expect(evaluate(policy, 2, { signal: half }).hold).toEqual({ code: 'would-return', value: 0.9, limit: 0.8 });
    expect(evaluate(policy, 4, { signal: half }).outcome).toBe('shrink');
  });

  it('changes the shape where the step says so', () => {
    const policy = rules({ ...CPU_RULE, up: { above: 0.8, forMs: 0, step: { vcpus: 1, memoryMiB: 256 } } });
    expect(evaluate(policy, 2, { signal: BUSY }).to).toEqual(size(2, 2, 512));
  });
});

describe('bounds', () => {
  it('are never left, and a cluster outside them is not pulled in against the rule', () => {
    const policy = rules(CPU_RULE, { nodesMin: 2, nodesMax: 4 });
    expect(evaluate(policy, 4, { signal: BUSY }).hold?.code).toBe('at-bounds');
    expect(evaluate(policy, 2, { signal: IDLE }).hold?.code).toBe('at-bounds');
    expect(evaluate(policy, 6, { signal: BUSY }).outcome).toBe('none');
    expect(evaluate(policy, 6, { signal: IDLE })).toMatchObject({ outcome: 'shrink', to: size(4) });
  });

  it('count VMs in every state, also those that a new shape is built beside', () => {
    const nodes = rules(CPU_RULE, { vmsMax: 3 });
    expect(evaluate(nodes, 2, { signal: BUSY }).outcome).toBe('grow');
    expect(evaluate(nodes, 2, { signal: BUSY, vms: 3 }).hold).toEqual({ code: 'vm-cap', peak: 4, cap: 3 });
    const shape = rules({ ...CPU_RULE, up: { above: 0.8, step: { vcpus: 1 } } }, { vmsMax: 3 });
    expect(evaluate(shape, 2, { signal: BUSY }).hold).toEqual({ code: 'vm-cap', peak: 4, cap: 3 });
  });

  it('count what a smaller shape is built beside, and let go what builds nothing', () => {
    const reshape = rules({ ...CPU_RULE, down: { ...CPU_RULE.down, step: { memoryMiB: 256 } } }, { vmsMax: 3 });
    const large = { size: size(2, 1, 512), vms: 2, signal: IDLE };
    expect(evaluate(reshape, 2, large).hold).toEqual({ code: 'vm-cap', peak: 4, cap: 3 });
    expect(evaluate(rules(CPU_RULE, { vmsMax: 3 }), 4, { signal: IDLE }).outcome).toBe('shrink');
  });

  it('buy no more than the cap on cost pays for, and nothing where no rate says what it costs', () => {
    // A node of 1 vCPU and 256 MiB is 0.10 an hour, 73.00 a month of 730 hours; the address 7.30.
    const prices = {
      currency: 'EUR',
      vcpuHour: 0.08,
      memoryGiBHour: 0.04,
      nodeHour: 0.01,
      spares: 0,
      restHour: 0.01,
    };
    const jump = { kind: 'target', metric: 'cpu', value: 0.3 };
    const hot = { signal: signal({ value: 0.9, mean: 0.9 }), prices };
    const capped = (costPerMonthMax: string) => rules(jump, { costPerMonthMax });
    expect(evaluate(rules(jump), 2, hot).to).toEqual(size(6));
    expect(evaluate(capped('445.30'), 2, hot).to).toEqual(size(6));
    expect(evaluate(capped('445.29'), 2, hot).to).toEqual(size(5));
    const broke = evaluate(capped('200'), 2, hot);
    expect(broke).toMatchObject({ outcome: 'none', hold: { code: 'budget-cap', cap: 200, currency: 'EUR' } });
    expect(broke.reason).toMatch(/^Did nothing: it would cost 445.30 EUR per month, at most 200.00 are allowed/);
    expect(evaluate(capped('445.30'), 2, { ...hot, prices: null }).hold).toEqual({ code: 'no-rates' });
    const idle = { signal: signal({ value: 0.1, mean: 0.1 }), prices };
    expect(evaluate(capped('1'), 6, idle)).toMatchObject({ outcome: 'shrink', to: size(2) });
  });

  it('let quiet hours hold back what they do not allow', () => {
    const quietHours = { zone: 'UTC', from: '11:00', to: '13:00' };
    expect(evaluate(rules(CPU_RULE, { quietHours }), 2, { signal: BUSY }).outcome).toBe('grow');
    expect(evaluate(rules(CPU_RULE, { quietHours }), 3, { signal: IDLE }).reason).toMatch(/quiet hours for 1 h more/);
    const strict = rules(CPU_RULE, { quietHours: { ...quietHours, allow: 'nothing' } });
    expect(evaluate(strict, 2, { signal: BUSY }).hold?.code).toBe('quiet-hours');
  });

  it('stop shrinking, never growing, when the flap budget is used up', () => {
    const policy = rules(CPU_RULE, { flapsPerDay: 2, cooldownUpMs: 0, cooldownDownMs: 0 });
    const at = (hours: number) => NOW - hours * 60 * MINUTE;
    const changes = [
      { atMs: at(9), direction: 'up' },
      { atMs: at(8), direction: 'down' },
      { atMs: at(1), direction: 'up' },
    ] as const;
    const state = { lastChangeMs: at(1), changes };
    expect(evaluate(policy, 3, { signal: IDLE }, state).hold).toEqual({ code: 'flap-budget', used: 2, allowed: 2 });
    expect(evaluate(policy, 3, { signal: BUSY }, state).outcome).toBe('grow');
    const later = { lastChangeMs: at(1), changes: changes.slice(1) };
    expect(evaluate(policy, 3, { signal: IDLE }, later).outcome).toBe('shrink');
  });

  it('wait while an operation is under way', () => {
    expect(evaluate(rules(CPU_RULE), 2, { signal: BUSY, busyWith: 'failover' }).hold?.code).toBe('busy');
  });
});

describe('a target', () => {
  const policy = rules({ kind: 'target', metric: 'cpu', value: 0.5 });

  it('goes to the size at which the metric has its value, and leaves small differences be', () => {
    expect(evaluate(policy, 2, { signal: signal({ value: 0.9, mean: 0.9 }) }).to).toEqual(size(4));
    expect(evaluate(policy, 6, { signal: signal({ value: 0.2, mean: 0.2 }) }).to).toEqual(size(3));
    expect(evaluate(policy, 4, { signal: signal({ value: 0.54, mean: 0.54 }) }).hold?.code).toBe('in-band');
    expect(evaluate(policy, 4, { signal: signal({ value: 0.9 }) }).hold?.code).toBe('no-data');
  });

  it('never shrinks to where it would grow again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (nodes, mean) => {
        const decision = evaluate(policy, nodes, { signal: signal({ value: mean, mean }) });
        if (decision.outcome !== 'shrink') return;
        expect((mean * nodes) / decision.to.nodes).toBeLessThanOrEqual(0.55 + 1e-9);
      }),
    );
  });

  it('refuses a sum that no size brings to a value', () => {
    const input = { name: 'p', cluster: 'shop', rule: { kind: 'target', metric: 'requestsPerSecond', value: 100 } };
    expect(policySchema.safeParse(input).error?.issues[0]?.path).toEqual(['rule', 'of']);
  });
});

it('every decision stays within bounds, and does nothing without a value', () => {
  const policy = rules(CPU_RULE, { nodesMin: 2, nodesMax: 5, vmsMax: 6, cooldownUpMs: 0, cooldownDownMs: 0 });
  const duration = fc.option(fc.integer({ min: 0, max: 600_000 }));
  const signals = fc.record({
    value: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    aboveForMs: duration,
    belowForMs: duration,
    mean: fc.constant(null),
  });
  fc.assert(
    fc.property(signals, fc.integer({ min: 1, max: 16 }), fc.integer({ min: 0, max: 3 }), (read, nodes, others) => {
      const { outcome, to } = evaluate(policy, nodes, { signal: read, vms: nodes + others });
      if (read.value === null) expect(outcome).toBe('none');
      if (outcome === 'none') {
        expect(to).toEqual(size(nodes));
        return;
      }
      expect(to.nodes).toBeGreaterThanOrEqual(2);
      expect(to.nodes).toBeLessThanOrEqual(5);
      if (outcome === 'grow') expect(others + to.nodes).toBeLessThanOrEqual(6);
    }),
  );
});
