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
  type ScheduleView,
  type StatementView,
  scheduleIdSchema,
  sendStatementSchema,
  setCostCentreSchema,
  setScheduleSchema,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { removeBudget, setBudget } from '@/lib/usecases/billing/budgets';
import { createRate } from '@/lib/usecases/billing/rates';
import { sendStatement } from '@/lib/usecases/billing/send-statement';
import { setCostCentre } from '@/lib/usecases/billing/set-cost-centre';
import { removeSchedule, setSchedule } from '@/lib/usecases/billing/statement-schedules';
import { closeMonth } from '@/lib/usecases/billing/statements';

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

export const send = async (id: unknown, input: unknown): Promise<ActionResult<StatementView>> =>
  runAction(sendStatementSchema, input, (context, sending) => sendStatement(context, idOf(id), sending));

export const putSchedule = async (input: unknown): Promise<ActionResult<ScheduleView>> =>
  runAction(setScheduleSchema, input, setSchedule);

export const dropSchedule = async (id: unknown): Promise<ActionResult<{ readonly id: string }>> =>
  runAction(scheduleIdSchema, id, removeSchedule);

export const chargeCluster = async (
  id: unknown,
  input: unknown,
): Promise<ActionResult<{ readonly costCentre: string }>> =>
  runAction(setCostCentreSchema, input, (context, wanted) => setCostCentre(context, idOf(id), wanted));
