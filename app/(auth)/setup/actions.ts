'use server';

import { z } from 'zod';
import { toActionError } from '@/app/run-action';
import { parseInput } from '@/lib/api/parse';
import { getDatabase } from '@/lib/db/client';
import type { ActionResult } from '@/lib/domain/action-result';
import { createUserSchema } from '@/lib/domain/contract';
import { createFirstAdministrator } from '@/lib/usecases/users/create-first-administrator';

const schema = createUserSchema.omit({ role: true }).extend({ token: z.string().min(1).max(200) });

/** Nobody is signed in yet: the link's token is what allows it. */
export const createAdministrator = async (input: unknown): Promise<ActionResult<null>> => {
  const requestId = crypto.randomUUID();
  try {
    const setting = { db: getDatabase(), clock: () => new Date(), requestId };
    await createFirstAdministrator(setting, parseInput(schema, input));
    return { ok: true, value: null };
  } catch (error) {
    return { ok: false, error: toActionError(error, requestId) };
  }
};
