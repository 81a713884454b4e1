import { createClusterSchema, nameSchema } from '@/lib/domain/contract';

/** A plan can be shown before the cluster has a name. */
const NAME_UNTIL_GIVEN = 'new';

/**
 * What the planner is asked for the form's values, as JSON: null while they are no request. The reason is left out, since
 * no plan depends on it.
 */
export const previewRequest = (values: unknown): string | null => {
  if (typeof values !== 'object' || values === null) return null;
  const name = 'name' in values && nameSchema.safeParse(values.name).success ? values.name : NAME_UNTIL_GIVEN;
  const parsed = createClusterSchema.safeParse({ ...values, name, reason: undefined });
  return parsed.success ? JSON.stringify(parsed.data) : null;
};
