import { z } from 'zod';
import { VERDICTS } from '../health';
import { HOST_STATES, NODE_STATES, VM_ROLES } from '../inventory';
import { OPERATION_KINDS } from '../plan';
import { CLUSTER_STATES } from './cluster';
import { idSchema, shapeSchema, timeSchema } from './common';

/** A VM as a mark on the map. */
export const mapVmSchema = z.object({
  id: idSchema,
  name: z.string(),
  cluster: z.string().nullable().meta({ description: "Its cluster's name" }),
  role: z.enum(VM_ROLES),
  /** `starting` until it joins, `leaving` from being stopped to being destroyed. */
  state: z.enum([...NODE_STATES, 'spare', 'starting', 'leaving']),
  verdict: z.enum(VERDICTS).nullable(),
  /** As read from the node itself; false also where it is not known now. */
  vip: z.boolean(),
  vcpus: z.int(),
  memoryMiB: z.int(),
});
export type MapVm = z.infer<typeof mapVmSchema>;

export const mapHostSchema = z.object({
  id: idSchema,
  name: z.string(),
  site: z.string(),
  state: z.enum(HOST_STATES),
  capacity: shapeSchema,
  used: shapeSchema,
  vmCount: z.int(),
  /** Of all its VMs those that are shown one by one: see `overviewSchema`. */
  vms: z.array(mapVmSchema),
});
export type MapHost = z.infer<typeof mapHostSchema>;

export const overviewClusterSchema = z.object({
  id: idSchema,
  name: z.string(),
  workload: z.string(),
  state: z.enum(CLUSTER_STATES),
  nodesActive: z.int(),
  nodesWanted: z.int(),
  shape: shapeSchema,
  vip: z.string(),
  holder: z.string().nullable(),
  activeOperation: z.object({ id: idSchema, kind: z.string() }).nullable(),
  /** Requests per second of the last ten minutes, oldest first; null where nothing was measured. */
  load: z.array(z.number().nullable()),
});
export type OverviewCluster = z.infer<typeof overviewClusterSchema>;

export const movementSchema = z.object({
  operationId: idSchema,
  kind: z.enum(OPERATION_KINDS),
  cluster: z.string(),
  /** Names of VMs: whose work goes where; null where nobody comes or goes. */
  pairs: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable() })),
});
export type Movement = z.infer<typeof movementSchema>;

/**
 * Everything at one glance, and bounded: in a large installation hosts count their VMs, and only VMs that are on the move
 * or unwell are shown one by one; of the clusters those come first that want attention.
 */
export const overviewSchema = z.object({
  totals: z.object({
    clusters: z.int(),
    degraded: z.int(),
    vms: z.int(),
    spares: z.int(),
    hosts: z.int(),
    hostsUp: z.int(),
    capacity: shapeSchema,
    used: shapeSchema,
  }),
  attention: z.object({ approvals: z.int(), alarms: z.int(), stuck: z.int(), active: z.int() }),
  hosts: z.array(mapHostSchema),
  clusters: z.array(overviewClusterSchema),
  movements: z.array(movementSchema),
});
export type OverviewView = z.infer<typeof overviewSchema>;

export const todaySchema = z.object({
  since: timeSchema.meta({ description: 'Midnight, UTC' }),
  /** Served at all VIPs, as the proxies counted them; null before the first sample of the day. */
  requests: z.number().nullable(),
  errors: z.number().nullable(),
  /** For those who may see what things cost, where there are rates. */
  cost: z.object({ currency: z.string(), today: z.string(), perHourNow: z.string() }).nullable(),
});
export type TodayView = z.infer<typeof todaySchema>;
