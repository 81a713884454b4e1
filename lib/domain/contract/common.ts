import { z } from 'zod';
import { SHAPE_LIMITS as L } from '../shape';

/** ISO 8601 in UTC. */
export const timeSchema = z.iso.datetime().meta({ description: 'ISO 8601, UTC' });

export const idSchema = z.string().min(1).max(64).meta({ description: 'Opaque id' });

/** RFC 1123 label: it becomes a host name in the guests. */
export const nameSchema = z
  .string()
  .min(1, 'Give it a name.')
  .max(40, 'At most 40 characters.')
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'Lower-case letters, digits and hyphens; a letter first.');

export const reasonSchema = z.string().trim().max(500, 'At most 500 characters.');

/** A shape as a request gives it: the disk may be left out. */
export const shapeInputSchema = z.object({
  vcpus: z
    .int('A whole number of vCPUs.')
    .min(L.vcpusMin, `At least ${L.vcpusMin} vCPU.`)
    .max(L.vcpusMax, `At most ${L.vcpusMax} vCPUs.`),
  memoryMiB: z
    .int('A whole number of MiB.')
    .min(L.memoryMiBMin, `At least ${L.memoryMiBMin} MiB.`)
    .max(L.memoryMiBMax, `At most ${L.memoryMiBMax} MiB.`)
    .multipleOf(L.memoryMiBStep, `A multiple of ${L.memoryMiBStep} MiB: guests take memory in such blocks.`),
  diskGiB: z
    .int()
    .min(L.diskGiBMin, `At least ${L.diskGiBMin} GiB.`)
    .max(L.diskGiBMax, `At most ${L.diskGiBMax} GiB.`)
    .optional(),
});

export const shapeSchema = z.object({ vcpus: z.int(), memoryMiB: z.int(), diskGiB: z.int() });

export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
});
export type PageQuery = z.infer<typeof pageQuerySchema>;

/** What people type to find something: part of a name or address, in either case. */
export const searchSchema = z.string().trim().max(100).optional().meta({ description: 'Part of a name or address' });

/** Orders of a list: `name` ascending, `-name` descending. */
export const sortSchema = <const By extends string>(by: readonly By[], normal: By | `-${By}`) =>
  z
    .enum(by.flatMap((name): (By | `-${By}`)[] => [name, `-${name}`]))
    .default(normal as never)
    .meta({ description: 'Order; a minus before it turns it round' });

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  /** How many there are on all pages; given with the first one by lists that may be long. */
  readonly total?: number | undefined;
}

export const countedPageOf = <T extends z.ZodType>(item: T) => pageOf(item).extend({ total: z.int().optional() });

export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z
      .looseObject({ fields: z.array(z.object({ field: z.string(), message: z.string() })).optional() })
      .optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;
