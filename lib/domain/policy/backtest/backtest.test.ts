import { describe, expect, it } from 'vitest';
import { CPU_RULE, rules, size } from '../testing';
import { backtest } from './backtest';
import { parseTrace, stepOf, type Trace } from './trace';

const MINUTE = 60_000;
const START = Date.parse('2026-05-04T00:00:00Z');

const trace = (values: readonly number[], stepMs = MINUTE): Trace => ({
  times: Float64Array.from(values, (_, i) => START + i * stepMs),
  values: Float64Array.from(values),
});
const repeat = (value: number, count: number): readonly number[] => Array.from({ length: count }, () => value);

describe('a backtest', () => {
  it('grows under load and shrinks after it, on the metric as the simulated size would show it', () => {
    const policy = rules(CPU_RULE, { nodesMin: 1, nodesMax: 4 });
    const load = trace([...repeat(0.2, 10), ...repeat(1, 60), ...repeat(0.1, 60)]);
    const result = backtest(policy, load, { start: size(1), changeMs: MINUTE });
    expect(result.actions.map(({ outcome, to }) => `${outcome} ${to.nodes}`)).toEqual(['grow 2', 'shrink 1']);
    const [grow] = result.actions;
    expect(grow?.atMs).toBe(START + 12 * MINUTE);
    expect(grow?.reason).toBe('CPU of the cluster is 100 %, above 80 % for 2 m: 1 → 2 nodes');
    // Too small from the rise until the second node serves.
    expect(result.summary.minutesUnder).toBe(3);
    expect(result.summary.unit).toBe('vCPU');
    expect(result.reversals).toBe(1);
    expect(result.end).toEqual(size(1));
    expect(result.holds['in-band']).toBeGreaterThan(0);
  });

  it('takes the sizes of the past into account when it reads measured values', () => {
    const policy = rules({ kind: 'target', metric: 'cpu', value: 0.5 }, { nodesMax: 8 });
    const measured = [{ fromMs: START, size: size(4) }];
    const result = backtest(policy, trace(repeat(0.5, 20)), { start: size(1), measured });
    expect(result.end).toEqual(size(4));
    expect(result.summary.neededUnitHours).toBeCloseTo((4 * 19) / 60);
  });

  it('reads a trace of demand with the capacity of a node', () => {
    const policy = rules(
      {
        kind: 'calendar',
        zone: 'UTC',
        base: { nodes: 1 },
        entries: [
          {
            name: 'morning',
            size: { nodes: 3 },
            when: { kind: 'weekly', days: ['mon'], from: '00:30', to: '01:00' },
          },
        ],
      },
      { cooldownDownMs: 0 },
    );
    const demand = trace([...repeat(50, 30), ...repeat(250, 30), ...repeat(50, 60)]);
    const result = backtest(policy, demand, { start: size(1), capacityPerNode: 100, changeMs: 0 });
    expect(result.actions.map(({ to }) => to.nodes)).toEqual([3, 1]);
    expect(result.summary.minutesUnder).toBe(1);
    expect(result.summary.minutesOver).toBe(1);
  });

  it('does nothing where there is no data, and says for how long', () => {
    const gap = {
      times: Float64Array.from([0, 1, 2, 62, 63], (m) => START + m * MINUTE),
      values: Float64Array.from(repeat(1, 5)),
    };
    const result = backtest(rules(CPU_RULE, { nodesMax: 4 }), gap, { start: size(1) });
    expect(result.actions.map(({ atMs }) => (atMs - START) / MINUTE)).toEqual([2]);
    expect(result.summary.minutesWithoutData).toBe(57);
  });

  it('refuses shares that were written in per cent', () => {
    expect(() => backtest(rules(CPU_RULE), trace([20, 87]), { start: size(1) })).toThrow('share from 0 to 1');
  });

  it('answers with what a chart can show, however long the trace is', () => {
    const values = Array.from({ length: 200_000 }, (_, i) => 0.5 + 0.45 * Math.sin(i / 2_000));
    const result = backtest(rules(CPU_RULE, { nodesMax: 8 }), trace(values, 2_000), { start: size(2) });
    expect(result.actions.length).toBeGreaterThan(20);
    expect(result.series.times.length).toBeLessThanOrEqual(1_000);
    expect(result.series.needed).toHaveLength(result.series.times.length);
  });
});

describe('a trace', () => {
  it('may be written with any usual time, a header, comments and gaps', () => {
    const text =
      'time;value;note\n# made by hand\n2026-05-04T00:00:00Z;1;a\n"2026-05-04 00:01:00";;b\n\n1777852920;2.5e0\n';
    const { times, values } = parseTrace(text);
    expect([...times]).toEqual([START, START + MINUTE, START + 2 * MINUTE]);
    expect([...values]).toEqual([1, Number.NaN, 2.5]);
    expect(stepOf({ times, values })).toBe(MINUTE);
    expect([...parseTrace('1777852800000,1\r\n1777852860000,2').times]).toEqual([START, START + MINUTE]);
  });

  it('is refused with the line that is wrong', () => {
    expect(() => parseTrace('time,value\n1777852800,1\nsoon,2')).toThrow('Line 3 of the trace: "soon" is no time');
    expect(() => parseTrace('1777852800,1\n1777852800,2')).toThrow('Line 2 of the trace: times must ascend.');
    expect(() => parseTrace('1777852800,much')).toThrow('no number');
    expect(() => parseTrace('1777852800,1')).toThrow('fewer than two points');
  });
});
