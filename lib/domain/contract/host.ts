import { z } from 'zod';
import { HOST_STATES, VM_ROLES, VM_STATES } from '../inventory';
import { VM_SORTS } from '../list-orders';
import { idSchema, pageQuerySchema, reasonSchema, searchSchema, shapeSchema, sortSchema, timeSchema } from './common';

export const vmViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  cluster: z.object({ id: idSchema, name: z.string() }).nullable(),
  host: z.string(),
  site: z.string(),
  role: z.enum(VM_ROLES),
  state: z.enum(VM_STATES),
  shape: shapeSchema,
  address: z.string(),
  mac: z.string(),
  accelerator: z.string().nullable(),
  startedFrom: z.string().nullable(),
  bootRetries: z.int(),
  startedAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type VmView = z.infer<typeof vmViewSchema>;

export const vmsQuerySchema = pageQuerySchema.extend({
  q: searchSchema,
  cluster: z.string().max(64).optional().meta({ description: 'Id or name of a cluster' }),
  host: z.string().max(64).optional().meta({ description: 'Name of a host' }),
  site: z.string().max(64).optional().meta({ description: 'Name of a site' }),
  role: z.enum(VM_ROLES).optional(),
  state: z.enum(VM_STATES).exclude(['released']).optional(),
  sort: sortSchema(VM_SORTS, 'name'),
});
export type VmsQuery = z.output<typeof vmsQuerySchema>;

export const hostViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  site: z.string(),
  state: z.enum(HOST_STATES),
  hypervisor: z.string(),
  accelerator: z.string(),
  capacity: shapeSchema,
  used: shapeSchema,
  free: shapeSchema,
  vmCount: z.int(),
  /** None where the list was asked for without them. */
  vms: z.array(vmViewSchema),
  seenAt: timeSchema.nullable(),
  /** Since when people want nothing on it; null when they do. */
  maintenanceSince: timeSchema.nullable(),
  /** What people say of it, and of its site. */
  labels: z.array(z.string()),
  siteLabels: z.array(z.string()),
});
export type HostView = z.infer<typeof hostViewSchema>;

export const hostsQuerySchema = pageQuerySchema.extend({
  vms: z
    .stringbool()
    .default(true)
    .meta({ description: '`false` leaves the VMs of each host out: `vmCount` says how many there are' }),
});
export type HostsQuery = z.output<typeof hostsQuerySchema>;

const labelSchema = z
  .string()
  .trim()
  .min(1)
  .max(63, 'At most 63 characters.')
  .regex(
    /^[A-Za-z0-9][\w./-]*(=[\w./-]*)?$/,
    'A word, or a name and a value: `rack=b4`. Letters, digits, dots, slashes and hyphens.',
  );

export const labelsSchema = z.strictObject({
  labels: z
    .array(labelSchema)
    .max(20, 'At most 20 labels.')
    .refine((labels) => new Set(labels).size === labels.length, 'Each label once.'),
});
export type LabelsInput = z.output<typeof labelsSchema>;

export const siteViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  labels: z.array(z.string()),
  hosts: z.array(z.string()),
});
export type SiteView = z.infer<typeof siteViewSchema>;

export const imageViewSchema = z.object({
  /** Hash of what it is made of. */
  key: z.string(),
  packages: z.array(z.string()),
  kernel: z.string(),
  sizeBytes: z.int(),
  createdAt: timeSchema.nullable(),
  usedBy: z.array(z.object({ id: idSchema, name: z.string(), cluster: z.string().nullable() })),
  seenAt: timeSchema,
});
export type ImageView = z.infer<typeof imageViewSchema>;

export const maintenanceSchema = z.strictObject({
  /** false ends the maintenance, and cancels what is under way of it. */
  enabled: z.boolean().default(true),
  reason: reasonSchema.optional(),
  dryRun: z.boolean().default(false),
});
export type MaintenanceInput = z.output<typeof maintenanceSchema>;

export const maintenanceAcceptedSchema = z.object({
  host: hostViewSchema,
  /** Those that empty it; at the end of maintenance those that are cancelled. */
  operations: z.array(z.object({ id: idSchema, cluster: z.string() })),
});
export type MaintenanceAccepted = z.infer<typeof maintenanceAcceptedSchema>;
