import type { z } from 'zod';
import { toErrorAnswer } from '@/lib/api/errors';
import { parseInput } from '@/lib/api/parse';
import { actionContext } from '@/lib/auth/require-actor';
import type { ActionResult } from '@/lib/domain/action-result';
import type { UseCaseContext } from '@/lib/usecases/context';

/**
 * The body of a server action: asks who is signed in, parses what the browser sent, lets the use case authorise and
 * act, and gives its refusal as a value. An unexpected failure is logged and told as `internal`.
 */
export const runAction = async <S extends z.ZodType, T>(
  schema: S,
  input: unknown,
  act: (context: UseCaseContext, input: z.output<S>) => Promise<T>,
): Promise<ActionResult<T>> => {
  let requestId: string = crypto.randomUUID();
  try {
    const context = await actionContext();
    requestId = context.requestId;
    return { ok: true, value: await act(context, parseInput(schema, input)) };
  } catch (error) {
    return { ok: false, error: toActionError(error, requestId) };
  }
};

/** For the few actions that nobody has to be signed in for. */
export const toActionError = (error: unknown, requestId: string) => {
  const { code, message, details } = toErrorAnswer(error, requestId).body.error;
  return { code, message, fields: [...(details?.fields ?? [])] };
};
