import type { z } from 'zod';
import { type FieldProblem, HeadroomError } from '@/lib/domain/errors';

/** `requirements.shape.memoryMiB`; the field that should not be there, for one that is unknown. */
const problemsOf = (issue: z.core.$ZodIssue): readonly FieldProblem[] => {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: 'There is no such field.' }));
  }
  return [{ field: path.join('.'), message: issue.message }];
};

/** Throws `malformed` with every problem by its field. */
export const parseInput = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap(problemsOf);
  const [first] = fields;
  const message = first === undefined ? 'The input is malformed.' : `${first.field || 'input'}: ${first.message}`;
  throw new HeadroomError('malformed', message, { details: { fields } });
};
