import type { Observation } from './evaluate';
import { type PolicyRules, policyRulesSchema } from './schema';
import type { Signal } from './signal';
import type { Size } from './size';

/** Rules with the schema's defaults. Throws on what the schema refuses. */
export const rules = (rule: object, bounds: object = {}): PolicyRules => policyRulesSchema.parse({ rule, bounds });

export const CPU_RULE = {
  kind: 'threshold',
  metric: 'cpu',
  up: { above: 0.8, forMs: 120_000, step: { nodes: 1 } },
  down: { below: 0.3, forMs: 300_000, step: { nodes: 1 } },
} as const;

export const size = (nodes: number, vcpus = 1, memoryMiB = 256): Size => ({ nodes, vcpus, memoryMiB });

export const signal = (change: Partial<Signal>): Signal => ({
  value: null,
  aboveForMs: null,
  belowForMs: null,
  mean: null,
  ...change,
});

export const observation = (nodes: number, change: Partial<Observation> = {}): Observation => ({
  size: size(nodes),
  vms: nodes,
  busyWith: null,
  signal: null,
  forecast: null,
  usage: null,
  prices: null,
  ...change,
});
