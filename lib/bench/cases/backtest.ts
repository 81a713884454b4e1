import { backtest as replay } from '@/lib/domain/policy/backtest/backtest';
import { parseTrace } from '@/lib/domain/policy/backtest/trace';
import { policyRulesSchema } from '@/lib/domain/policy/schema';
import type { BenchCase } from '../types';

const POINTS = 1_000_000;
const STEP_S = 2;
const START_S = Date.parse('2026-05-04T00:00:00Z') / 1_000;
/** Points of one wave of the load: some 3.5 hours. */
const WAVE = 6_283;

const RULES = policyRulesSchema.parse({
  rule: {
    kind: 'threshold',
    metric: 'cpu',
    up: { above: 0.8, forMs: 120_000, step: { nodes: 1 } },
    down: { below: 0.3, forMs: 300_000, step: { nodes: 1 } },
  },
  bounds: { nodesMax: 8 },
});

const csv = (): string =>
  Array.from({ length: POINTS }, (_, i) => {
    const value = 0.5 + 0.45 * Math.sin((2 * Math.PI * i) / WAVE);
    return `${START_S + i * STEP_S},${value.toFixed(4)}`;
  }).join('\n');

/** A file of a million points, parsed and replayed: what `headroom policy backtest --file` does. */
export const backtest: BenchCase = {
  name: 'backtest',
  description: `a policy replayed over ${POINTS} points of a file`,
  run: async ({ runs, say }) => {
    const text = csv();
    const values: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now();
      const { actions } = replay(RULES, parseTrace(text), { start: { nodes: 2, vcpus: 1, memoryMiB: 256 } });
      values.push(performance.now() - started);
      say(`run ${run + 1}: ${actions.length} changes`);
    }
    return [{ name: 'parse and replay', unit: 'ms', values, target: { kind: 'median', atMost: 5_000 } }];
  },
};
