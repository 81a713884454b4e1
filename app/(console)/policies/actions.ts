'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  type BacktestView,
  backtestInputSchema,
  backtestRulesInputSchema,
  createPolicySchema,
  idSchema,
  type PolicyView,
  updatePolicySchema,
} from '@/lib/domain/contract';
import { backtestPolicy, backtestRules } from '@/lib/usecases/policies/backtest-policy';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { deletePolicy, updatePolicy } from '@/lib/usecases/policies/update-policy';

const updateSchema = z.strictObject({ policy: idSchema, change: updatePolicySchema });
const replaySchema = z.strictObject({ policy: idSchema, input: backtestInputSchema });

export const create = async (input: unknown): Promise<ActionResult<PolicyView>> =>
  runAction(createPolicySchema, input, createPolicy);

export const update = async (input: unknown): Promise<ActionResult<PolicyView>> =>
  runAction(updateSchema, input, (context, { policy, change }) => updatePolicy(context, policy, change));

export const remove = async (input: unknown): Promise<ActionResult<PolicyView>> =>
  runAction(idSchema, input, deletePolicy);

export const replay = async (input: unknown): Promise<ActionResult<BacktestView>> =>
  runAction(replaySchema, input, (context, { policy, input: over }) => backtestPolicy(context, policy, over));

export const tryOut = async (input: unknown): Promise<ActionResult<BacktestView>> =>
  runAction(backtestRulesInputSchema, input, backtestRules);
