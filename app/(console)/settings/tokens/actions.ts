'use server';

import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { createTokenSchema, idSchema, type TokenCreated, type TokenView } from '@/lib/domain/contract';
import { createToken, revokeToken } from '@/lib/usecases/tokens/tokens';

export const addToken = async (input: unknown): Promise<ActionResult<TokenCreated>> =>
  runAction(createTokenSchema, input, createToken);

export const endToken = async (input: unknown): Promise<ActionResult<TokenView>> =>
  runAction(idSchema, input, revokeToken);
