'use server';

import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  type BudgetView,
  closeMonthSchema,
  createBudgetSchema,
  createRateSchema,
  idSchema,
  type RateView,
  type StatementSummary,
  sendStatementSchema,
  setCostCentreSchema,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { removeBudget, setBudget } from '@/lib/usecases/billing/budgets';
import { createRate } from '@/lib/usecases/billing/rates';
import { setCostCentre } from '@/lib/usecases/billing/set-cost-centre';
import { closeMonth, markSent } from '@/lib/usecases/billing/statements';

export const addRate = async (input: unknown): Promise<ActionResult<RateView>> =>
  runAction(createRateSchema, input, createRate);

export const putBudget = async (input: unknown): Promise<ActionResult<BudgetView>> =>
  runAction(createBudgetSchema, input, setBudget);

export const dropBudget = async (id: unknown): Promise<ActionResult<{ readonly id: string }>> =>
  runAction(idSchema, id, removeBudget);

export const close = async (input: unknown): Promise<ActionResult<{ readonly month: string }>> =>
  runAction(closeMonthSchema, input, closeMonth);

const idOf = (id: unknown): string => {
  const { success, data } = idSchema.safeParse(id);
  if (!success) throw new HeadroomError('malformed', 'An id is needed.');
  return data;
};

export const noteSent = async (id: unknown, input: unknown): Promise<ActionResult<StatementSummary>> =>
  runAction(sendStatementSchema, input, (context, sending) => markSent(context, idOf(id), sending));

export const chargeCluster = async (
  id: unknown,
  input: unknown,
): Promise<ActionResult<{ readonly costCentre: string }>> =>
  runAction(setCostCentreSchema, input, (context, wanted) => setCostCentre(context, idOf(id), wanted));
