import { loadsQuerySchema, loadsViewSchema, overviewSchema, todaySchema } from '@/lib/domain/contract';
import { clusterLoads } from '@/lib/usecases/metrics/loads';
import { getOverview } from '@/lib/usecases/overview/get-overview';
import { getToday } from '@/lib/usecases/overview/today';
import { defineRoute, ok } from '../define-route';

export const getOverviewRoute = defineRoute({
  method: 'get',
  path: '/overview',
  id: 'getOverview',
  tag: 'Overview',
  summary: 'Sites, hosts, VMs and clusters at one glance, what moves, and what waits for people',
  responses: { 200: { description: 'The overview', schema: overviewSchema } },
  handle: async ({ context }) => ok(await getOverview(context)),
});

export const getTodayRoute = defineRoute({
  method: 'get',
  path: '/overview/today',
  id: 'getToday',
  tag: 'Overview',
  summary: 'Requests served today (UTC), and what the day cost so far',
  responses: { 200: { description: 'Today', schema: todaySchema } },
  handle: async ({ context }) => ok(await getToday(context)),
});

export const loadsRoute = defineRoute({
  method: 'get',
  path: '/loads',
  id: 'clusterLoads',
  tag: 'Overview',
  summary: 'Requests per second of several clusters in the last ten minutes',
  query: loadsQuerySchema,
  responses: { 200: { description: 'Their loads', schema: loadsViewSchema } },
  handle: async ({ context, query }) => ok(await clusterLoads(context, query.clusters)),
});
