import { z } from 'zod';
import { ROLES } from '../role';
import { idSchema, pageQuerySchema, searchSchema, timeSchema } from './common';

export const createTokenSchema = z.strictObject({ name: z.string().min(1).max(80), role: z.enum(ROLES) });
export type CreateTokenInput = z.output<typeof createTokenSchema>;

export const tokenViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: z.enum(ROLES),
  createdBy: z.string(),
  createdAt: timeSchema,
  lastUsedAt: timeSchema.nullable(),
  revokedAt: timeSchema.nullable(),
});
export type TokenView = z.infer<typeof tokenViewSchema>;

/** Shown once. */
export const tokenCreatedSchema = tokenViewSchema.extend({ token: z.string() });
export type TokenCreated = z.infer<typeof tokenCreatedSchema>;

export const createUserSchema = z.strictObject({
  email: z.email('An e-mail address.'),
  name: z.string().trim().min(1, 'A name.').max(80),
  password: z.string().min(12, 'At least 12 characters.').max(200),
  role: z.enum(ROLES),
});
export type CreateUserInput = z.output<typeof createUserSchema>;

export const updateUserSchema = z.strictObject({
  name: z.string().trim().min(1).max(80).optional(),
  role: z.enum(ROLES).optional(),
  disabled: z.boolean().optional(),
  password: z.string().min(12, 'At least 12 characters.').max(200).optional(),
});
export type UpdateUserInput = z.output<typeof updateUserSchema>;

export const userViewSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** Whether sign-in asks for a code besides the password. */
  twoFactor: z.boolean(),
  /** False for who comes in by single sign-on only. */
  hasPassword: z.boolean(),
  /** Whether they came in by single sign-on: their role is then the provider's to say. */
  sso: z.boolean(),
  createdAt: timeSchema,
  disabledAt: timeSchema.nullable(),
});
export type UserView = z.infer<typeof userViewSchema>;

export const auditViewSchema = z.object({
  seq: z.string(),
  at: timeSchema,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.unknown(),
  hash: z.string(),
});
export type AuditView = z.infer<typeof auditViewSchema>;

export const auditQuerySchema = pageQuerySchema.extend({
  subject: z.string().max(200).optional().meta({ description: 'Exactly this subject, such as `cluster/shop`' }),
  actor: z.string().max(200).optional().meta({ description: 'Exactly this author, such as `ada@example.org`' }),
  action: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'This action, such as `cluster.create`; with a dot at its end all of that noun' }),
  q: searchSchema.meta({ description: 'Part of subject, author, action or reason' }),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

export const AUDIT_FORMATS = ['jsonl', 'csv'] as const;
export const auditExportQuerySchema = z.object({
  from: timeSchema.optional(),
  /** First moment after. */
  to: timeSchema.optional(),
  format: z.enum(AUDIT_FORMATS).default('jsonl'),
});
export type AuditExportQuery = z.output<typeof auditExportQuerySchema>;

const RETENTION_MONTHS_MIN = 3;
export const setRetentionSchema = z.strictObject({
  months: z
    .int('Whole months.')
    .min(RETENTION_MONTHS_MIN, `At least ${RETENTION_MONTHS_MIN} months.`)
    .max(240, 'At most 240 months.')
    .nullable()
    .meta({ description: 'How long entries are kept; null: for good' }),
  reason: z.string().trim().min(1, 'Say why.').max(500),
});
export type SetRetentionInput = z.output<typeof setRetentionSchema>;

export const retentionViewSchema = z.object({
  months: z.int().nullable(),
  /** Last entry that was removed; "0" while all are there. */
  beginsAfter: z.string(),
});
export type RetentionView = z.infer<typeof retentionViewSchema>;

const chainVerdictSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  entries: z.int(),
  /** Where it is broken first; null when it is whole. */
  brokenAt: z.string().nullable(),
  message: z.string(),
});

/** Of all chains together; `chains` has each: the audit trail, then what usage, rates and statements follow from. */
export const auditVerifySchema = z.object({
  ok: z.boolean(),
  entries: z.int(),
  brokenAt: z.string().nullable(),
  message: z.string(),
  chains: z.array(chainVerdictSchema).optional(),
});
export type AuditVerifyView = z.infer<typeof auditVerifySchema>;

/** As `WorkloadSpec` in lib/domain/workload.ts has it; what a request may say is lib/workloads/schema.ts. */
export const workloadSpecViewSchema = z.object({
  name: z.string(),
  description: z.string(),
  packages: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), content: z.string(), mode: z.string() })),
  startCommand: z.string(),
  port: z.int(),
  servicePort: z.int(),
  healthPath: z.string(),
  probePath: z.string(),
  maxConnections: z.int(),
  volume: z
    .object({
      mountPath: z.string(),
      sizeGiB: z.int(),
      standsBy: z.boolean().optional().meta({
        description: 'Whether nodes that stand by run the application, which takes the volume when it is mounted',
      }),
    })
    .nullable(),
});

export const workloadViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  stateful: z.boolean(),
  port: z.int(),
  servicePort: z.int(),
  healthPath: z.string(),
  spec: workloadSpecViewSchema,
});
export type WorkloadView = z.infer<typeof workloadViewSchema>;

/** What the console and CLI show about this installation. */
export const statusViewSchema = z.object({
  version: z.string(),
  hypervisor: z.enum(['qemu', 'simulated']),
  accelerator: z.string(),
  orchestrator: z.object({ alive: z.boolean(), holder: z.string().nullable(), renewedAt: timeSchema.nullable() }),
  clusters: z.int(),
  vms: z.int(),
  activeOperations: z.int(),
});
export type StatusView = z.infer<typeof statusViewSchema>;
