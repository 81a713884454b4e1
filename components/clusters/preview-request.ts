import { type CreateClusterInput, createClusterSchema } from '@/lib/domain/contract/cluster';
import { nameSchema } from '@/lib/domain/contract/common';
import type { FieldProblem } from '@/lib/domain/errors';

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

/** The form's values as they are sent, or what keeps them from that. */
export const checkCreation = (
  values: unknown,
):
  | { readonly input: CreateClusterInput; readonly problems: readonly [] }
  | { readonly input: null; readonly problems: readonly FieldProblem[] } => {
  const parsed = createClusterSchema.safeParse(values);
  if (parsed.success) return { input: parsed.data, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
  return { input: null, problems };
};
