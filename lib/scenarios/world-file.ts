import { z } from 'zod';
import { createBudgetSchema, createChannelSchema, createClusterSchema, loadInputSchema } from '@/lib/domain/contract';
import { policySchema } from '@/lib/domain/policy/schema';
import { ROLES } from '@/lib/domain/role';

const shapeSchema = z.strictObject({ vcpus: z.int(), memoryMiB: z.int(), diskGiB: z.int() });

/** What may hold in a scenario that must never hold in any other. */
export const ALLOWANCES = ['two-holders', 'two-copies', 'left-over', 'open-ledger'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

/** `world.json`: what there is before the first command. */
export const worldFileSchema = z.strictObject({
  /** What the scenario shows, in a sentence. */
  about: z.string().min(10),
  startsAt: z.iso.datetime().optional(),
  /** Two sites with two hosts each where it is left out: paris-1, paris-2, lyon-1, lyon-2. */
  hosts: z.array(z.strictObject({ name: z.string(), site: z.string(), capacity: shapeSchema })).optional(),
  /** Persons other than `ada`, an administrator, by name. */
  persons: z.record(z.string(), z.enum(ROLES)).default({}),
  /** Made, and running, before the first command. */
  clusters: z
    .array(createClusterSchema.omit({ dryRun: true }).extend({ load: loadInputSchema.partial().optional() }))
    .default([]),
  policies: z.array(z.looseObject({})).default([]),
  channels: z.array(createChannelSchema).default([]),
  budgets: z.array(createBudgetSchema).default([]),
  allows: z.array(z.enum(ALLOWANCES)).default([]),
});
export type WorldFile = z.output<typeof worldFileSchema>;

export const parsePolicy = (policy: object): z.output<typeof policySchema> => policySchema.parse(policy);
