import type { Plan } from '../plan';
import { describeShape, sameShape } from '../shape';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};

/** The plan as JSON with sorted keys: equal plans give equal text, which is what is hashed and approved. */
export const canonicalPlan = (plan: Plan): string => JSON.stringify(sorted(plan));

/** "shop: 2 → 3 nodes, 1 vCPU, 256 MiB, 4 GiB disk → 2 vCPU, 512 MiB, 4 GiB disk" */
export function describePlan(plan: Plan): string {
  const parts: string[] = [];
  if (plan.before !== null && plan.after !== null) {
    if (plan.before.nodes !== plan.after.nodes) parts.push(`${plan.before.nodes} → ${plan.after.nodes} nodes`);
    if (!sameShape(plan.before.shape, plan.after.shape)) {
      parts.push(`${describeShape(plan.before.shape)} → ${describeShape(plan.after.shape)}`);
    }
  }
  if (parts.length === 0) parts.push(`${plan.creates.length} built, ${plan.removes.length} given back`);
  return `${plan.clusterName}: ${parts.join(', ')}`;
}
