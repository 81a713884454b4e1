'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { cancelOperation } from '@/lib/usecases/operations/cancel-operation';
import { retryOperation } from '@/lib/usecases/operations/retry-operation';

const schema = z.strictObject({ operation: z.string().min(1).max(64) });

export const cancel = async (input: unknown): Promise<ActionResult<null>> =>
  runAction(schema, input, async (context, { operation }) => {
    await cancelOperation(context, operation);
    return null;
  });

export const retry = async (input: unknown): Promise<ActionResult<null>> =>
  runAction(schema, input, async (context, { operation }) => {
    await retryOperation(context, operation);
    return null;
  });
