'use server';

import { z } from 'zod';
import { toActionError } from '@/app/run-action';
import { parseInput } from '@/lib/api/parse';
import { getDatabase } from '@/lib/db/client';
import type { ActionResult } from '@/lib/domain/action-result';
import { approveSchema, type RecommendationView } from '@/lib/domain/contract';
import { answerByLink } from '@/lib/usecases/recommendations/approval-links';

const schema = z.strictObject({
  token: z.string().min(1).max(200),
  verdict: z.enum(['approve', 'reject']),
  ...approveSchema.shape,
});

/** Nobody has to be signed in: the link's token says who answers, and is used up by it. */
export const answer = async (input: unknown): Promise<ActionResult<RecommendationView>> => {
  const requestId = crypto.randomUUID();
  try {
    const setting = { db: getDatabase(), clock: () => new Date(), requestId };
    return { ok: true, value: await answerByLink(setting, parseInput(schema, input)) };
  } catch (error) {
    return { ok: false, error: toActionError(error, requestId) };
  }
};
