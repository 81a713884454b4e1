import { z } from 'zod';
import { OPERATION_KINDS } from '../plan';
import { FAILOVER_MODES, SPREADS } from '../requirements';
import { planCostSchema } from './billing';
import { shapeSchema } from './common';

export const requirementsViewSchema = z.object({
  nodes: z.int(),
  shape: shapeSchema,
  spread: z.enum(SPREADS),
  spares: z.int(),
});
export type RequirementsView = z.infer<typeof requirementsViewSchema>;

const plannedVmSchema = z.object({
  vmId: z.string(),
  name: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  siteName: z.string(),
  shape: shapeSchema,
  role: z.enum(['node', 'spare']),
});

/** A plan as it is shown. What `apply` executes is this value: `hash` says which. */
export const planViewSchema = z.object({
  hash: z.string(),
  kind: z.enum(OPERATION_KINDS),
  clusterId: z.string(),
  clusterName: z.string(),
  generation: z.int(),
  mode: z.enum(FAILOVER_MODES),
  before: requirementsViewSchema.nullable(),
  after: requirementsViewSchema.nullable(),
  creates: z.array(plannedVmSchema),
  keeps: z.array(plannedVmSchema),
  removes: z.array(plannedVmSchema),
  pairing: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable() })),
  steps: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      after: z.array(z.string()),
      deadlineMs: z.int(),
      movesTraffic: z.boolean(),
    }),
  ),
  extraWhileRunning: shapeSchema,
  expectedOutageMs: z.number(),
  /** For those who may see what things cost, while it is decided. */
  cost: planCostSchema.optional(),
});
export type PlanView = z.infer<typeof planViewSchema>;
