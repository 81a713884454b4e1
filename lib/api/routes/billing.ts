import { z } from 'zod';
import {
  budgetViewSchema,
  closeMonthSchema,
  clusterCostSchema,
  costsQuerySchema,
  costsViewSchema,
  createBudgetSchema,
  createRateSchema,
  focusQuerySchema,
  pageOf,
  pageQuerySchema,
  policyCostSchema,
  rateViewSchema,
  scheduleViewSchema,
  sendStatementSchema,
  setCostCentreSchema,
  setScheduleSchema,
  statementSummarySchema,
  statementViewSchema,
  usageDetailSchema,
  usageQuerySchema,
  usageViewSchema,
} from '@/lib/domain/contract';
import { listBudgets, removeBudget, setBudget } from '@/lib/usecases/billing/budgets';
import { getClusterCost, getCosts } from '@/lib/usecases/billing/costs';
import { exportFocus, exportFocusParquet, exportStatement } from '@/lib/usecases/billing/focus-export';
import { getPolicyCost } from '@/lib/usecases/billing/policy-cost';
import { createRate, listRates } from '@/lib/usecases/billing/rates';
import { sendStatement } from '@/lib/usecases/billing/send-statement';
import { setCostCentre } from '@/lib/usecases/billing/set-cost-centre';
import { exportStatementPdf } from '@/lib/usecases/billing/statement-pdf';
import { listSchedules, removeSchedule, setSchedule } from '@/lib/usecases/billing/statement-schedules';
import { closeMonth, getStatement, listStatements } from '@/lib/usecases/billing/statements';
import { getUsage, listUsage } from '@/lib/usecases/billing/usage';
import { created, defineRoute, idParams, ok } from '../define-route';
import { csvResponse, fileResponse } from '../text-stream';

const usageParams = z.object({ id: z.string().min(1).max(120) });
const TAG = 'Usage and cost';

export const listUsageRoute = defineRoute({
  method: 'get',
  path: '/usage',
  id: 'listUsage',
  tag: TAG,
  summary: 'Intervals of the usage ledger, newest first',
  description: 'What goes on stands before all that is over, without an end.',
  query: usageQuerySchema,
  responses: { 200: { description: 'A page of intervals', schema: pageOf(usageViewSchema) } },
  errors: [404, 409],
  handle: async ({ context, query }) => ok(await listUsage(context, query)),
});

export const getUsageRoute = defineRoute({
  method: 'get',
  path: '/usage/{id}',
  id: 'getUsage',
  tag: TAG,
  summary: 'One interval with its operation, people, reasons and rates',
  params: usageParams,
  responses: { 200: { description: 'The interval', schema: usageDetailSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getUsage(context, params.id)),
});

export const getCostsRoute = defineRoute({
  method: 'get',
  path: '/costs',
  id: 'getCosts',
  tag: TAG,
  summary: 'What a month cost, per day and group, beside the month before',
  query: costsQuerySchema,
  responses: { 200: { description: 'The costs', schema: costsViewSchema } },
  errors: [409],
  handle: async ({ context, query }) => ok(await getCosts(context, query)),
});

export const getClusterCostRoute = defineRoute({
  method: 'get',
  path: '/clusters/{id}/cost',
  id: 'getClusterCost',
  tag: TAG,
  summary: 'What a cluster costs now, in this month, and to its end',
  params: idParams,
  responses: { 200: { description: 'The costs', schema: clusterCostSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => ok(await getClusterCost(context, params.id)),
});

export const setCostCentreRoute = defineRoute({
  method: 'patch',
  path: '/clusters/{id}/cost-centre',
  id: 'setCostCentre',
  tag: TAG,
  summary: 'Charge a cluster to another cost centre, from now on',
  params: idParams,
  body: setCostCentreSchema,
  responses: { 200: { description: 'The cost centre', schema: z.object({ costCentre: z.string() }) } },
  errors: [404, 409],
  handle: async ({ context, params, body }) => ok(await setCostCentre(context, params.id, body)),
});

export const listRatesRoute = defineRoute({
  method: 'get',
  path: '/rates',
  id: 'listRates',
  tag: TAG,
  summary: 'Versions of the prices, newest first',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of rates', schema: pageOf(rateViewSchema) } },
  handle: async ({ context, query }) => ok(await listRates(context, query)),
});

export const createRateRoute = defineRoute({
  method: 'post',
  path: '/rates',
  id: 'createRate',
  tag: TAG,
  summary: 'Add a version of the prices',
  description: 'Refused with 409 for a day in a closed month.',
  body: createRateSchema,
  responses: { 201: { description: 'The rate', schema: rateViewSchema } },
  errors: [409, 422],
  handle: async ({ context, body }) => created(await createRate(context, body)),
});

export const listStatementsRoute = defineRoute({
  method: 'get',
  path: '/statements',
  id: 'listStatements',
  tag: TAG,
  summary: 'Statements per month and cost centre, drafts included, newest first',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of statements', schema: pageOf(statementSummarySchema) } },
  handle: async ({ context, query }) => ok(await listStatements(context, query)),
});

export const closeMonthRoute = defineRoute({
  method: 'post',
  path: '/statements',
  id: 'closeMonth',
  tag: TAG,
  summary: 'Close a month: its statements never change again',
  body: closeMonthSchema,
  responses: {
    201: { description: 'What was closed', schema: z.object({ month: z.string(), statements: z.array(z.string()) }) },
  },
  errors: [409],
  handle: async ({ context, body }) => created(await closeMonth(context, body)),
});

export const getStatementRoute = defineRoute({
  method: 'get',
  path: '/statements/{id}',
  id: 'getStatement',
  tag: TAG,
  summary: 'One statement with its lines',
  params: idParams,
  responses: { 200: { description: 'The statement', schema: statementViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getStatement(context, params.id)),
});

export const exportStatementRoute = defineRoute({
  method: 'get',
  path: '/statements/{id}/csv',
  id: 'exportStatement',
  tag: TAG,
  summary: 'One statement as CSV',
  params: idParams,
  responses: { 200: { description: 'Lines, then the totals', schema: z.string(), contentType: 'text/csv' } },
  errors: [404],
  handle: async ({ context, params }) => {
    const { fileName, lines } = await exportStatement(context, params.id);
    return csvResponse(fileName, lines);
  },
});

export const exportStatementPdfRoute = defineRoute({
  method: 'get',
  path: '/statements/{id}/pdf',
  id: 'exportStatementPdf',
  tag: TAG,
  summary: 'One statement as PDF',
  params: idParams,
  responses: { 200: { description: 'Pages of A4', schema: z.string(), contentType: 'application/pdf' } },
  errors: [404],
  handle: async ({ context, params }) => {
    const { fileName, bytes } = await exportStatementPdf(context, params.id);
    return fileResponse(fileName, 'application/pdf', bytes);
  },
});

export const sendStatementRoute = defineRoute({
  method: 'post',
  path: '/statements/{id}/sendings',
  id: 'sendStatement',
  tag: TAG,
  summary: 'Have a closed statement sent by mail, with PDF and CSV',
  description: 'The answer shows what is on its way; what a mail server took is in its sendings.',
  params: idParams,
  body: sendStatementSchema,
  responses: { 201: { description: 'The statement', schema: statementViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params, body }) => created(await sendStatement(context, params.id, body)),
});

export const listSchedulesRoute = defineRoute({
  method: 'get',
  path: '/statement-schedules',
  id: 'listSchedules',
  tag: TAG,
  summary: 'To whom closed statements are sent by mail, and when',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of schedules', schema: pageOf(scheduleViewSchema) } },
  handle: async ({ context, query }) => ok(await listSchedules(context, query)),
});

export const setScheduleRoute = defineRoute({
  method: 'post',
  path: '/statement-schedules',
  id: 'setSchedule',
  tag: TAG,
  summary: 'Have closed statements of a cost centre, or of all others, sent by mail on a day of each month',
  body: setScheduleSchema,
  responses: { 201: { description: 'The schedule', schema: scheduleViewSchema } },
  handle: async ({ context, body }) => created(await setSchedule(context, body)),
});

export const removeScheduleRoute = defineRoute({
  method: 'delete',
  path: '/statement-schedules/{id}',
  id: 'removeSchedule',
  tag: TAG,
  summary: 'Have closed statements sent no longer',
  params: idParams,
  responses: { 200: { description: 'Its id', schema: z.object({ id: z.string() }) } },
  errors: [404],
  handle: async ({ context, params }) => ok(await removeSchedule(context, params.id)),
});

export const getPolicyCostRoute = defineRoute({
  method: 'get',
  path: '/policies/{id}/cost',
  id: 'getPolicyCost',
  tag: TAG,
  summary: 'What a policy did cost or save, month by month',
  params: idParams,
  responses: { 200: { description: 'Beside the size that people last asked for', schema: policyCostSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => ok(await getPolicyCost(context, params.id)),
});

export const listBudgetsRoute = defineRoute({
  method: 'get',
  path: '/budgets',
  id: 'listBudgets',
  tag: TAG,
  summary: 'Budgets with what this month cost so far and is expected to come to',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of budgets', schema: pageOf(budgetViewSchema) } },
  handle: async ({ context, query }) => ok(await listBudgets(context, query)),
});

export const setBudgetRoute = defineRoute({
  method: 'post',
  path: '/budgets',
  id: 'setBudget',
  tag: TAG,
  summary: 'Give a cluster or cost centre a budget per month, in place of the one it had',
  body: createBudgetSchema,
  responses: { 201: { description: 'The budget', schema: budgetViewSchema } },
  errors: [404],
  handle: async ({ context, body }) => created(await setBudget(context, body)),
});

export const removeBudgetRoute = defineRoute({
  method: 'delete',
  path: '/budgets/{id}',
  id: 'removeBudget',
  tag: TAG,
  summary: 'Take a budget away',
  params: idParams,
  responses: { 200: { description: 'Its id', schema: z.object({ id: z.string() }) } },
  errors: [404],
  handle: async ({ context, params }) => ok(await removeBudget(context, params.id)),
});

export const exportFocusRoute = defineRoute({
  method: 'get',
  path: '/exports/focus',
  id: 'exportFocus',
  tag: TAG,
  summary: 'A month as the FinOps Open Cost and Usage Specification (FOCUS) has it, as CSV or Parquet',
  description:
    'An invoice is a closed statement. Invoice Detail has a record per line of the statement and one for its tax, lines of 0 included; ' +
    'billed costs of Cost and Usage add up to them by InvoiceDetailId, exactly, and to the statement’s total by InvoiceId.',
  query: focusQuerySchema,
  responses: {
    200: { description: 'Column names, then one row per charge', schema: z.string(), contentType: 'text/csv' },
  },
  handle: async ({ context, query }) => {
    if (query.format === 'parquet') {
      const { fileName, bytes } = await exportFocusParquet(context, query);
      return fileResponse(fileName, 'application/vnd.apache.parquet', bytes);
    }
    const { fileName, lines } = exportFocus(context, query);
    return csvResponse(fileName, lines);
  },
});
