import { z } from 'zod';
import { ALARM_KINDS } from '../alarm';
import { VERDICTS } from '../health/witnesses';
import { idSchema, pageQuerySchema, reasonSchema, timeSchema } from './common';

export const alarmViewSchema = z.object({
  id: idSchema,
  kind: z.enum(ALARM_KINDS),
  gravity: z.enum(['decide', 'act', 'watch']),
  subject: z.string().meta({ description: '`cluster/<id>`, `host/<id>` or `vm/<id>`' }),
  name: z.string().meta({ description: "The subject's name" }),
  clusterId: z.string().nullable(),
  message: z.string(),
  raisedAt: timeSchema,
  resolvedAt: timeSchema.nullable(),
  resolution: z.string().nullable(),
});
export type AlarmView = z.infer<typeof alarmViewSchema>;

export const alarmsQuerySchema = pageQuerySchema.extend({
  cluster: z.string().max(64).optional().meta({ description: 'Id or name of a cluster' }),
  open: z.stringbool().optional().meta({ description: 'Only those that are not over, or only those that are' }),
});
export type AlarmsQuery = z.infer<typeof alarmsQuerySchema>;

export const verdictViewSchema = z.object({ verdict: z.enum(VERDICTS), reason: z.string(), since: timeSchema });
export type VerdictView = z.infer<typeof verdictViewSchema>;

const guestWitnessSchema = z.discriminatedUnion('answers', [
  z.object({ answers: z.literal(false) }),
  z.object({
    answers: z.literal(true),
    vrrp: z.string(),
    holdsVip: z.boolean(),
    application: z.enum(['up', 'down', 'stopped']),
    proxy: z.enum(['up', 'down']),
  }),
]);

/** As lib/domain/health has them. */
export const witnessesSchema = z.object({
  process: z.enum(['running', 'paused', 'ended', 'unknown']),
  guest: guestWitnessSchema,
  peers: z.object({ asked: z.int(), up: z.int() }),
  prober: z.boolean().nullable(),
});
export type WitnessesView = z.infer<typeof witnessesSchema>;

export const healthChangeSchema = z.object({
  node: z.string(),
  at: timeSchema,
  before: z.enum(VERDICTS).nullable(),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  witnesses: witnessesSchema,
});
export type HealthChangeView = z.infer<typeof healthChangeSchema>;

export const fenceViewSchema = z.object({
  name: z.string().meta({ description: 'Name of the VM or host' }),
  at: timeSchema,
  method: z.string(),
  detail: z.string(),
  by: z.string(),
  liftedAt: timeSchema.nullable(),
});
export type FenceView = z.infer<typeof fenceViewSchema>;

export const clusterHealthSchema = z.object({
  nodes: z.array(verdictViewSchema.extend({ node: z.string(), witnesses: witnessesSchema, at: timeSchema })),
  /** Newest first. */
  changes: z.array(healthChangeSchema),
  /** Proofs that VMs of it, or hosts that it has or had nodes on, could no longer act; newest first. */
  fences: z.array(fenceViewSchema),
  recoveries: z.object({
    /** Recoveries of the last hour that nobody asked for. */
    lastHour: z.int(),
    limit: z.int(),
    recent: z.array(
      z.object({ at: timeSchema, kind: z.string(), detail: z.string(), operationId: z.string().nullable() }),
    ),
  }),
});
export type ClusterHealthView = z.infer<typeof clusterHealthSchema>;

export const confirmOffSchema = z.strictObject({
  confirmName: z.string().meta({ description: 'Its name, typed again: its work starts elsewhere at once' }),
  reason: reasonSchema
    .min(1, 'Say how you know that it is off.')
    .meta({ description: 'How it is known that it is off' }),
});
export type ConfirmOffInput = z.output<typeof confirmOffSchema>;

export const recoverSchema = z.strictObject({ reason: reasonSchema.optional() });
export type RecoverInput = z.output<typeof recoverSchema>;
