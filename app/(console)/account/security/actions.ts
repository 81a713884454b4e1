'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { changeOwnPasswordSchema, idSchema, type SessionsEnded, type SessionView } from '@/lib/domain/contract';
import { changeOwnPassword } from '@/lib/usecases/account/change-own-password';
import { endOtherSessions, endSession } from '@/lib/usecases/sessions/sessions';

export const changePassword = async (input: unknown): Promise<ActionResult<SessionsEnded>> =>
  runAction(changeOwnPasswordSchema, input, changeOwnPassword);

export const endOne = async (id: unknown): Promise<ActionResult<SessionView>> => runAction(idSchema, id, endSession);

export const endOthers = async (): Promise<ActionResult<SessionsEnded>> =>
  runAction(z.undefined(), undefined, endOtherSessions);
