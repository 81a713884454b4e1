import { z } from 'zod';
import { isZone } from '../policy/zone';
import { idSchema, timeSchema } from './common';

export const THEMES = ['system', 'light', 'dark'] as const;
export const DENSITIES = ['comfortable', 'compact'] as const;
/** What a notice is about: an operation that ended, an alarm, a change that waits for approval. */
export const NOTICE_TOPICS = ['operation', 'alarm', 'approval'] as const;
export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

const SAVED_FILTERS_MAX = 50;

export const savedFilterSchema = z.strictObject({
  /** Path of the list: `/vms`. */
  list: z.string().regex(/^\/[a-z/]{1,40}$/),
  name: z.string().trim().min(1, 'Give it a name.').max(40, 'At most 40 characters.'),
  /** What follows the "?" of its address. */
  search: z.string().max(1_000),
});
export type SavedFilter = z.infer<typeof savedFilterSchema>;

export const preferencesSchema = z.strictObject({
  /** Times are shown in this zone; null: that of the browser. */
  zone: z.string().max(64).refine(isZone, 'An IANA time zone, such as Europe/Paris.').nullable().default(null),
  theme: z.enum(THEMES).default('system'),
  density: z.enum(DENSITIES).default('comfortable'),
  /** Topics that this person wants no notices of. */
  muted: z.array(z.enum(NOTICE_TOPICS)).max(NOTICE_TOPICS.length).default([]),
  savedFilters: z
    .array(savedFilterSchema)
    .max(SAVED_FILTERS_MAX, `At most ${SAVED_FILTERS_MAX} saved filters.`)
    .default([]),
});
export type Preferences = z.output<typeof preferencesSchema>;

/** What is left out stays. */
export const updatePreferencesSchema = z.strictObject({
  zone: preferencesSchema.shape.zone.unwrap().optional(),
  theme: z.enum(THEMES).optional(),
  density: z.enum(DENSITIES).optional(),
  muted: preferencesSchema.shape.muted.unwrap().optional(),
  savedFilters: preferencesSchema.shape.savedFilters.unwrap().optional(),
});
export type UpdatePreferencesInput = z.output<typeof updatePreferencesSchema>;

export const noticeViewSchema = z.object({
  id: idSchema.max(100),
  at: timeSchema,
  topic: z.enum(NOTICE_TOPICS),
  /** Whether somebody has to look, or it only is to be known. */
  tone: z.enum(['ok', 'warn', 'bad']),
  title: z.string(),
  detail: z.string(),
  /** Path of the console that says more. */
  href: z.string(),
  read: z.boolean(),
});
export type NoticeView = z.infer<typeof noticeViewSchema>;

export const noticesSchema = z.object({ items: z.array(noticeViewSchema), unread: z.int() });
export type NoticesView = z.infer<typeof noticesSchema>;

/** Of one notice, or of all up to a moment. */
export const markReadSchema = z.union([
  z.strictObject({ id: idSchema.max(100) }),
  z.strictObject({ through: timeSchema }),
]);
export type MarkReadInput = z.output<typeof markReadSchema>;

export const SEARCH_KINDS = ['cluster', 'vm', 'host', 'operation', 'policy', 'workload', 'person'] as const;
export const searchHitSchema = z.object({
  kind: z.enum(SEARCH_KINDS),
  label: z.string(),
  note: z.string(),
  href: z.string(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;
export const searchQuerySchema = z.object({
  q: z.string().trim().min(1).max(100).meta({ description: 'Part of a name or address' }),
});
export const searchResultSchema = z.object({ items: z.array(searchHitSchema) });
export type SearchResult = z.infer<typeof searchResultSchema>;
