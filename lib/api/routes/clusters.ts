import { z } from 'zod';
import {
  changeRequirementsSchema,
  clusterAcceptedSchema,
  clustersQuerySchema,
  clusterViewSchema,
  countedPageOf,
  createClusterSchema,
  deleteClusterSchema,
  dryRunSchema,
  failoverSchema,
  loadInputSchema,
  metricsQuerySchema,
  metricsViewSchema,
  pageOf,
  pageQuerySchema,
  restartSchema,
  revisionViewSchema,
} from '@/lib/domain/contract';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { failover } from '@/lib/usecases/clusters/failover';
import { getCluster } from '@/lib/usecases/clusters/get-cluster';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';
import { listRevisions } from '@/lib/usecases/clusters/list-revisions';
import { restartApplication } from '@/lib/usecases/clusters/restart-application';
import { setLoad } from '@/lib/usecases/clusters/set-load';
import { clusterMetrics } from '@/lib/usecases/metrics/cluster-metrics';
import { type Answer, accepted, defineRoute, idParams, ok } from '../define-route';

const tag = 'Clusters';

const ACCEPTED = {
  200: { description: 'With `dryRun`: the plan, nothing was changed', schema: dryRunSchema },
  202: { description: 'The operation that does it', schema: clusterAcceptedSchema },
} as const;

/** A dry run answers its plan at once; everything else is long work. */
const planOrAccepted = (result: object): Answer => ('plan' in result ? ok(result) : accepted(result));

export const listClustersRoute = defineRoute({
  method: 'get',
  path: '/clusters',
  id: 'listClusters',
  tag,
  summary: 'Clusters, by name unless asked otherwise',
  query: clustersQuerySchema,
  responses: { 200: { description: 'A page of clusters', schema: countedPageOf(clusterViewSchema) } },
  handle: async ({ context, query }) => ok(await listClusters(context, query)),
});

export const createClusterRoute = defineRoute({
  method: 'post',
  path: '/clusters',
  id: 'createCluster',
  tag,
  summary: 'Make a cluster',
  body: createClusterSchema,
  responses: ACCEPTED,
  errors: [409, 422, 507],
  handle: async ({ context, body }) => planOrAccepted(await createCluster(context, body)),
});

export const getClusterRoute = defineRoute({
  method: 'get',
  path: '/clusters/{id}',
  id: 'getCluster',
  tag,
  summary: 'One cluster, by id or name',
  params: idParams,
  responses: { 200: { description: 'The cluster', schema: clusterViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getCluster(context, params.id)),
});

export const deleteClusterRoute = defineRoute({
  method: 'delete',
  path: '/clusters/{id}',
  id: 'deleteCluster',
  tag,
  summary: 'Delete a cluster with everything it has',
  description: 'Wants the name typed again: 422 `confirmation_required` otherwise.',
  params: idParams,
  body: deleteClusterSchema,
  responses: { 202: ACCEPTED[202] },
  errors: [404, 409, 422],
  handle: async ({ context, params, body }) => accepted(await deleteCluster(context, params.id, body)),
});

export const changeRequirementsRoute = defineRoute({
  method: 'patch',
  path: '/clusters/{id}/requirements',
  id: 'changeRequirements',
  tag,
  summary: 'Change what the cluster needs',
  description: 'What is left out stays. The cluster is brought there by replacement of nodes.',
  params: idParams,
  body: changeRequirementsSchema,
  responses: ACCEPTED,
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => planOrAccepted(await changeRequirements(context, params.id, body)),
});

export const failoverRoute = defineRoute({
  method: 'post',
  path: '/clusters/{id}/failover',
  id: 'failover',
  tag,
  summary: 'Hand the work of one node to another VM',
  params: idParams,
  body: failoverSchema,
  responses: ACCEPTED,
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => planOrAccepted(await failover(context, params.id, body)),
});

export const restartApplicationRoute = defineRoute({
  method: 'post',
  path: '/clusters/{id}/restart',
  id: 'restartApplication',
  tag,
  summary: 'Restart the application of one node',
  description: 'The node is drained meanwhile where others take its requests; else new requests wait.',
  params: idParams,
  body: restartSchema,
  responses: ACCEPTED,
  errors: [404, 409, 422],
  handle: async ({ context, params, body }) => planOrAccepted(await restartApplication(context, params.id, body)),
});

export const setLoadRoute = defineRoute({
  method: 'post',
  path: '/clusters/{id}/load',
  id: 'setLoad',
  tag,
  summary: "Set the load that the lab's clients put on the VIP",
  params: idParams,
  body: loadInputSchema,
  responses: { 200: { description: 'The load that was set', schema: z.object({ load: loadInputSchema }) } },
  errors: [404, 409],
  handle: async ({ context, params, body }) => ok(await setLoad(context, params.id, body)),
});

export const clusterMetricsRoute = defineRoute({
  method: 'get',
  path: '/clusters/{id}/metrics',
  id: 'clusterMetrics',
  tag,
  summary: 'Series of the cluster and its nodes, at most 2,000 points each',
  params: idParams,
  query: metricsQuerySchema,
  responses: { 200: { description: 'The series', schema: metricsViewSchema } },
  errors: [404],
  handle: async ({ context, params, query }) => ok(await clusterMetrics(context, params.id, query)),
});

export const listRevisionsRoute = defineRoute({
  method: 'get',
  path: '/clusters/{id}/revisions',
  id: 'listRevisions',
  tag,
  summary: "Every revision of the cluster's requirements, newest first",
  params: idParams,
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of revisions', schema: pageOf(revisionViewSchema) } },
  errors: [404],
  handle: async ({ context, params, query }) => ok(await listRevisions(context, params.id, query)),
});
