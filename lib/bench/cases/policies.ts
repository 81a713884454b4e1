import { type Evaluated, settle } from '@/lib/domain/policy/combine';
import { decide, type PreparedPolicy, preparePolicy, signalFor } from '@/lib/domain/policy/evaluate';
import { explain } from '@/lib/domain/policy/explain';
import { policyRulesSchema, STALE_AFTER_MS } from '@/lib/domain/policy/schema';
import type { BenchCase } from '../types';

const CLUSTERS = 10_000;
/** A minute of samples. */
const SAMPLES = 30;
const SAMPLE_MS = 2_000;
const NOW = Date.parse('2026-05-04T12:00:00Z');

const RULES = [
  {
    kind: 'threshold',
    metric: 'cpu',
    up: { above: 0.8, forMs: 30_000, step: { nodes: 1 } },
    down: { below: 0.3, forMs: 30_000, step: { nodes: 1 } },
  },
  { kind: 'target', metric: 'cpu', value: 0.5, windowMs: 60_000 },
  {
    kind: 'calendar',
    zone: 'Europe/Paris',
    base: { nodes: 2 },
    entries: [
      { name: 'peak', size: { nodes: 4 }, when: { kind: 'weekly', days: ['mon'], from: '08:00', to: '18:00' } },
    ],
  },
].map((rule) => policyRulesSchema.parse({ rule }));

const evaluateOne = (policy: PreparedPolicy, i: number): Evaluated => {
  const signal = signalFor(policy.rules, STALE_AFTER_MS);
  for (let s = 0; s < SAMPLES; s += 1) signal?.push(NOW - (SAMPLES - s) * SAMPLE_MS, ((i + s) % 100) / 100);
  const observation = {
    size: { nodes: 1 + (i % 8), vcpus: 1, memoryMiB: 256 },
    vms: 1 + (i % 8),
    busyWith: null,
    signal: signal?.read(NOW) ?? null,
    forecast: null,
    usage: null,
    prices: null,
  };
  const decision = decide(policy, observation, { lastChangeMs: null, changes: [] }, NOW);
  return { name: `p${i}`, mode: 'automatic', policy, observation, decision };
};

/** One round over many clusters: signals from a minute of samples, decision, settlement, reason in words. */
export const policies: BenchCase = {
  name: 'policies',
  description: `policies of ${CLUSTERS} clusters evaluated`,
  run: async ({ runs, say }) => {
    const values: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const prepared = Array.from({ length: CLUSTERS }, (_, i) => RULES[i % RULES.length]).flatMap((rules) =>
        rules === undefined ? [] : [preparePolicy(rules)],
      );
      const started = performance.now();
      let changes = 0;
      for (const [i, policy] of prepared.entries()) {
        const evaluated = evaluateOne(policy, i);
        const [decision] = settle([evaluated], NOW);
        if (decision === undefined || explain(policy.rules.rule, decision) === '') throw new Error('no reason');
        if (decision.outcome !== 'none') changes += 1;
      }
      values.push(performance.now() - started);
      say(`run ${run + 1}: ${changes} changes`);
    }
    return [{ name: 'one round', unit: 'ms', values, target: { kind: 'median', atMost: 1_000 } }];
  },
};
