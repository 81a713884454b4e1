'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { approveSchema, idSchema, type RecommendationView } from '@/lib/domain/contract';
import { approveRecommendation, rejectRecommendation } from '@/lib/usecases/recommendations/decide';

const schema = z.strictObject({ id: idSchema, ...approveSchema.shape });

export const approve = async (input: unknown): Promise<ActionResult<RecommendationView>> =>
  runAction(schema, input, (context, { id, planHash, comment }) =>
    approveRecommendation(context, id, { planHash, comment }),
  );

export const reject = async (input: unknown): Promise<ActionResult<RecommendationView>> =>
  runAction(schema, input, (context, { id, planHash, comment }) =>
    rejectRecommendation(context, id, { planHash, comment }),
  );
