import {
  approveSchema,
  backtestInputSchema,
  backtestRulesInputSchema,
  backtestViewSchema,
  calendarQuerySchema,
  calendarViewSchema,
  changeRequestSchema,
  createPolicySchema,
  evaluationsQuerySchema,
  evaluationViewSchema,
  pageOf,
  policiesQuerySchema,
  policyViewSchema,
  recommendationsQuerySchema,
  recommendationViewSchema,
  rejectSchema,
  updatePolicySchema,
} from '@/lib/domain/contract';
import { backtestPolicy, backtestRules } from '@/lib/usecases/policies/backtest-policy';
import { getCalendar } from '@/lib/usecases/policies/calendar-year';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { getPolicy, listEvaluations, listPolicies } from '@/lib/usecases/policies/policies';
import { deletePolicy, updatePolicy } from '@/lib/usecases/policies/update-policy';
import { approveRecommendation, rejectRecommendation } from '@/lib/usecases/recommendations/decide';
import { getRecommendation, listRecommendations } from '@/lib/usecases/recommendations/recommendations';
import { requestChange } from '@/lib/usecases/recommendations/request-change';
import { created, defineRoute, idParams, ok } from '../define-route';

const tag = 'Policies';
const POLICY = { description: 'The policy', schema: policyViewSchema } as const;
const RECOMMENDATION = { description: 'The recommendation', schema: recommendationViewSchema } as const;

export const listPoliciesRoute = defineRoute({
  method: 'get',
  path: '/policies',
  id: 'listPolicies',
  tag,
  summary: 'Policies by name, with what each last decided',
  query: policiesQuerySchema,
  responses: { 200: { description: 'A page of policies', schema: pageOf(policyViewSchema) } },
  handle: async ({ context, query }) => ok(await listPolicies(context, query)),
});

export const getCalendarRoute = defineRoute({
  method: 'get',
  path: '/calendar',
  id: 'getCalendar',
  tag,
  summary: 'What calendars of policies have in force in a year, day by day',
  query: calendarQuerySchema,
  responses: { 200: { description: 'The year', schema: calendarViewSchema } },
  handle: async ({ context, query }) => ok(await getCalendar(context, query)),
});

export const createPolicyRoute = defineRoute({
  method: 'post',
  path: '/policies',
  id: 'createPolicy',
  tag,
  summary: 'Add a policy',
  description: '`warnings` of the answer say what is odd about it, such as shrinking that at once triggers growth.',
  body: createPolicySchema,
  responses: { 201: POLICY },
  errors: [404, 409],
  handle: async ({ context, body }) => created(await createPolicy(context, body)),
});

export const getPolicyRoute = defineRoute({
  method: 'get',
  path: '/policies/{id}',
  id: 'getPolicy',
  tag,
  summary: 'One policy, by id or name',
  params: idParams,
  responses: { 200: POLICY },
  errors: [404],
  handle: async ({ context, params }) => ok(await getPolicy(context, params.id)),
});

export const updatePolicyRoute = defineRoute({
  method: 'patch',
  path: '/policies/{id}',
  id: 'updatePolicy',
  tag,
  summary: 'Change a policy',
  description: 'What is left out stays. What it recommended as it stood closes.',
  params: idParams,
  body: updatePolicySchema,
  responses: { 200: POLICY },
  errors: [404, 409],
  handle: async ({ context, params, body }) => ok(await updatePolicy(context, params.id, body)),
});

export const deletePolicyRoute = defineRoute({
  method: 'delete',
  path: '/policies/{id}',
  id: 'deletePolicy',
  tag,
  summary: 'Remove a policy',
  params: idParams,
  responses: { 200: { description: 'The policy that was removed', schema: policyViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await deletePolicy(context, params.id)),
});

export const listEvaluationsRoute = defineRoute({
  method: 'get',
  path: '/policies/{id}/evaluations',
  id: 'listEvaluations',
  tag,
  summary: 'Evaluations of a policy with values and reasons, newest first',
  params: idParams,
  query: evaluationsQuerySchema,
  responses: { 200: { description: 'A page of evaluations', schema: pageOf(evaluationViewSchema) } },
  errors: [404],
  handle: async ({ context, params, query }) => ok(await listEvaluations(context, params.id, query)),
});

export const backtestPolicyRoute = defineRoute({
  method: 'post',
  path: '/policies/{id}/backtest',
  id: 'backtestPolicy',
  tag,
  summary: 'Replay a policy, or a variant of it, over stored metrics or a CSV',
  params: idParams,
  body: backtestInputSchema,
  responses: { 200: { description: 'What it would have done', schema: backtestViewSchema } },
  errors: [404, 422],
  handle: async ({ context, params, body }) => ok(await backtestPolicy(context, params.id, body)),
});

export const backtestRulesRoute = defineRoute({
  method: 'post',
  path: '/backtests',
  id: 'backtestRules',
  tag,
  summary: 'Replay a policy that is not stored over the stored metrics of a cluster or a CSV',
  body: backtestRulesInputSchema,
  responses: { 200: { description: 'What it would have done', schema: backtestViewSchema } },
  errors: [404, 422],
  handle: async ({ context, body }) => ok(await backtestRules(context, body)),
});

export const requestChangeRoute = defineRoute({
  method: 'post',
  path: '/clusters/{id}/change-requests',
  id: 'requestChange',
  tag,
  summary: 'Put a change of requirements to somebody else',
  description: 'What `PATCH /clusters/{id}/requirements` takes; whoever asks cannot approve it.',
  params: idParams,
  body: changeRequestSchema,
  responses: { 201: RECOMMENDATION },
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => created(await requestChange(context, params.id, body)),
});

export const listRecommendationsRoute = defineRoute({
  method: 'get',
  path: '/recommendations',
  id: 'listRecommendations',
  tag,
  summary: 'Changes that policies and people ask approval for, newest first',
  query: recommendationsQuerySchema,
  responses: { 200: { description: 'A page of recommendations', schema: pageOf(recommendationViewSchema) } },
  handle: async ({ context, query }) => ok(await listRecommendations(context, query)),
});

export const getRecommendationRoute = defineRoute({
  method: 'get',
  path: '/recommendations/{id}',
  id: 'getRecommendation',
  tag,
  summary: 'One recommendation with its evidence and plan',
  params: idParams,
  responses: { 200: RECOMMENDATION },
  errors: [404],
  handle: async ({ context, params }) => ok(await getRecommendation(context, params.id)),
});

export const approveRecommendationRoute = defineRoute({
  method: 'post',
  path: '/recommendations/{id}/approve',
  id: 'approveRecommendation',
  tag,
  summary: 'Approve a recommendation',
  description:
    'With enough approvals its plan is executed as shown. When things have changed the plan is made anew and the answer is 409 `stale_plan`.',
  params: idParams,
  body: approveSchema,
  responses: { 200: RECOMMENDATION },
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => ok(await approveRecommendation(context, params.id, body)),
});

export const rejectRecommendationRoute = defineRoute({
  method: 'post',
  path: '/recommendations/{id}/reject',
  id: 'rejectRecommendation',
  tag,
  summary: 'Close a recommendation without a change',
  params: idParams,
  body: rejectSchema,
  responses: { 200: RECOMMENDATION },
  errors: [404, 409],
  handle: async ({ context, params, body }) => ok(await rejectRecommendation(context, params.id, body)),
});
