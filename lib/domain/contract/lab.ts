import { z } from 'zod';
import { isCut, LAB_CUTS, LAB_FAULT_KINDS, LAB_FAULT_STATES } from '../lab-fault';
import { idSchema, pageQuerySchema, reasonSchema, timeSchema } from './common';

export const hurtLabSchema = z
  .strictObject({
    kind: z.enum(LAB_FAULT_KINDS),
    target: z
      .string()
      .min(1, 'Say what it is to be done to.')
      .max(64)
      .meta({ description: "A VM's, host's or site's name" }),
    direction: z
      .enum(LAB_CUTS)
      .optional()
      .meta({ description: 'For cuts: which packets are lost, seen from the target; both unless said otherwise' }),
    reason: reasonSchema.optional(),
  })
  .refine(({ kind, direction }) => direction === undefined || isCut(kind), {
    path: ['direction'],
    message: 'Only what is cut off has a direction.',
  });
export type HurtLabInput = z.output<typeof hurtLabSchema>;

export const labFaultViewSchema = z.object({
  id: idSchema,
  kind: z.enum(LAB_FAULT_KINDS),
  target: z.string(),
  direction: z.enum(LAB_CUTS).nullable(),
  state: z.enum(LAB_FAULT_STATES),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: timeSchema,
  appliedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  /** What came of it, or why it could not be done. */
  detail: z.string().nullable(),
});
export type LabFaultView = z.infer<typeof labFaultViewSchema>;

export const labFaultsQuerySchema = pageQuerySchema.extend({
  open: z.stringbool().optional().meta({ description: 'Only those that are not over, or only those that are' }),
});
export type LabFaultsQuery = z.infer<typeof labFaultsQuerySchema>;
