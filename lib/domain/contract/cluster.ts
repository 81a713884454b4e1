import { z } from 'zod';
import { CLUSTER_STATES, NODE_STATES } from '../inventory';
import { CLUSTER_SORTS } from '../list-orders';
import { FAILOVER_MODES, NODES_MAX, SPARES_MAX, SPREADS } from '../requirements';
import {
  idSchema,
  nameSchema,
  pageQuerySchema,
  reasonSchema,
  searchSchema,
  shapeInputSchema,
  shapeSchema,
  sortSchema,
  timeSchema,
} from './common';
import { verdictViewSchema } from './healing';
import { planViewSchema, requirementsViewSchema } from './plan';

export { CLUSTER_STATES };

const nodesSchema = z
  .int('A whole number of nodes.')
  .min(1, 'At least one node: a cluster is never changed to nothing. Delete it instead.')
  .max(NODES_MAX, `At most ${NODES_MAX} nodes.`);
const sparesSchema = z.int('A whole number of spares.').min(0).max(SPARES_MAX, `At most ${SPARES_MAX} spares.`);

export const pairSchema = z.object({
  from: z.string().min(1).meta({ description: "A node's name" }),
  to: z.string().min(1).meta({ description: "`new-1` … `new-n`, or a spare's name" }),
});

const placementShape = {
  hosts: z.array(z.string()).max(64).optional().meta({ description: 'Names of hosts that new VMs may go to' }),
  sites: z.array(z.string()).max(64).optional().meta({ description: 'Names of sites that new VMs may go to' }),
};

export const createClusterSchema = z.strictObject({
  name: nameSchema,
  workload: z.string().min(1, 'Choose a workload.').meta({ description: "A workload's name" }),
  requirements: z.strictObject({
    nodes: nodesSchema,
    shape: shapeInputSchema,
    spread: z.enum(SPREADS).default('host'),
    spares: sparesSchema.default(0),
  }),
  ...placementShape,
  reason: reasonSchema.optional(),
  dryRun: z.boolean().default(false),
});
export type CreateClusterInput = z.output<typeof createClusterSchema>;

export const changeRequirementsSchema = z.strictObject({
  nodes: nodesSchema.optional(),
  shape: shapeInputSchema.optional(),
  spread: z.enum(SPREADS).optional(),
  spares: sparesSchema.optional(),
  mode: z.enum(FAILOVER_MODES).optional(),
  pairing: z.array(pairSchema).max(NODES_MAX).optional(),
  ...placementShape,
  reason: reasonSchema.optional(),
  generation: z.int().optional().meta({ description: 'Refused with 409 when the cluster has moved on' }),
  planHash: z.string().optional().meta({ description: 'Refused with 409 when the plan would no longer be this one' }),
  dryRun: z.boolean().default(false),
});
export type ChangeRequirementsInput = z.output<typeof changeRequirementsSchema>;

/** A change that somebody else is to approve. */
export const changeRequestSchema = changeRequirementsSchema.omit({ dryRun: true });
export type ChangeRequestInput = z.output<typeof changeRequestSchema>;

export const restartSchema = z.strictObject({
  node: z.string().min(1, 'The name of a node.').max(64),
  reason: reasonSchema.optional(),
  generation: z.int().optional(),
  dryRun: z.boolean().default(false),
});
export type RestartInput = z.output<typeof restartSchema>;

export const failoverSchema = z.strictObject({
  from: z.string().min(1).meta({ description: "A node's name" }),
  to: z.string().min(1).optional().meta({ description: "A spare's name, or a host's to build a new VM there" }),
  mode: z.enum(FAILOVER_MODES).optional(),
  reason: reasonSchema.optional(),
  generation: z.int().optional(),
  dryRun: z.boolean().default(false),
});
export type FailoverInput = z.output<typeof failoverSchema>;

export const deleteClusterSchema = z.strictObject({
  confirmName: z.string().meta({ description: "The cluster's name, typed again" }),
  reason: reasonSchema.optional(),
});
export type DeleteClusterInput = z.output<typeof deleteClusterSchema>;

export const loadInputSchema = z.strictObject({
  requestsPerSecond: z.int().min(0).max(500, 'At most 500 requests per second in the lab.'),
  path: z.string().startsWith('/', 'A path begins with /.').max(200).default('/'),
  slowStreams: z.int().min(0).max(200, 'At most 200 slow streams in the lab.').default(0),
});
export type LoadInput = z.output<typeof loadInputSchema>;

export const nodeViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  host: z.string(),
  site: z.string(),
  address: z.string(),
  shape: shapeSchema,
  role: z.enum(['node', 'spare']),
  /** `spare` for a VM outside the active set. */
  state: z.enum([...NODE_STATES, 'spare', 'starting']),
  healthy: z.boolean().nullable(),
  /** What all witnesses together make of it; null before it was first looked at, and for a spare. */
  health: verdictViewSchema.nullable(),
  /** Read from the node itself; null when that is not known now. */
  vipHolder: z.boolean().nullable(),
  connections: z.int().nullable(),
  observedAt: timeSchema.nullable(),
  accelerator: z.string().nullable(),
});
export type NodeView = z.infer<typeof nodeViewSchema>;

export const clusterViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  state: z.enum(CLUSTER_STATES),
  generation: z.int(),
  vip: z.string(),
  endpoint: z.string().meta({ description: 'URL at which this machine reaches the VIP' }),
  workload: z.string(),
  stateful: z.boolean(),
  requirements: requirementsViewSchema,
  nodes: z.array(nodeViewSchema),
  /** What the lab's clients were last told to put on the VIP; null when they never were. */
  load: loadInputSchema.nullable(),
  activeOperation: z.object({ id: idSchema, kind: z.string(), state: z.string() }).nullable(),
  createdAt: timeSchema,
});
export type ClusterView = z.infer<typeof clusterViewSchema>;

export const clustersQuerySchema = pageQuerySchema.extend({
  q: searchSchema,
  state: z.enum(CLUSTER_STATES).exclude(['deleted']).optional(),
  workload: z.string().max(64).optional().meta({ description: 'Name of a workload' }),
  sort: sortSchema(CLUSTER_SORTS, 'name'),
});
export type ClustersQuery = z.output<typeof clustersQuerySchema>;

export const clusterAcceptedSchema = z.object({ cluster: clusterViewSchema, operation: z.object({ id: idSchema }) });
export type ClusterAccepted = z.infer<typeof clusterAcceptedSchema>;
export const dryRunSchema = z.object({ plan: planViewSchema });
export type DryRun = z.infer<typeof dryRunSchema>;

export const revisionViewSchema = z.object({
  generation: z.int(),
  requirements: requirementsViewSchema,
  author: z.string(),
  reason: z.string(),
  createdAt: timeSchema,
});
export type RevisionView = z.infer<typeof revisionViewSchema>;
