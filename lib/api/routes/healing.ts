import {
  alarmsQuerySchema,
  alarmViewSchema,
  clusterAcceptedSchema,
  clusterHealthSchema,
  confirmOffSchema,
  hostViewSchema,
  pageOf,
  recoverSchema,
  vmViewSchema,
} from '@/lib/domain/contract';
import { listAlarms } from '@/lib/usecases/alarms/list-alarms';
import { recoverCluster } from '@/lib/usecases/clusters/recover-cluster';
import { clusterHealth } from '@/lib/usecases/health/cluster-health';
import { confirmHostOff } from '@/lib/usecases/hosts/confirm-off';
import { confirmVmOff } from '@/lib/usecases/vms/confirm-off';
import { accepted, defineRoute, idParams, ok } from '../define-route';

export const listAlarmsRoute = defineRoute({
  method: 'get',
  path: '/alarms',
  id: 'listAlarms',
  tag: 'Alarms',
  summary: 'What people should know until it is over, newest first',
  query: alarmsQuerySchema,
  responses: { 200: { description: 'A page of alarms', schema: pageOf(alarmViewSchema) } },
  errors: [404],
  handle: async ({ context, query }) => ok(await listAlarms(context, query)),
});

export const clusterHealthRoute = defineRoute({
  method: 'get',
  path: '/clusters/{id}/health',
  id: 'clusterHealth',
  tag: 'Clusters',
  summary: 'What every witness says of each node, with the evidence of past verdicts',
  params: idParams,
  responses: { 200: { description: 'Verdicts, evidence, fences and recoveries', schema: clusterHealthSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await clusterHealth(context, params.id)),
});

export const recoverClusterRoute = defineRoute({
  method: 'post',
  path: '/clusters/{id}/recover',
  id: 'recoverCluster',
  tag: 'Clusters',
  summary: 'Replace what the cluster has lost, at once',
  description: 'It happens by itself, so many times an hour; this goes on beyond that.',
  params: idParams,
  body: recoverSchema,
  responses: { 202: { description: 'The operation that does it', schema: clusterAcceptedSchema } },
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => accepted(await recoverCluster(context, params.id, body)),
});

export const confirmHostOffRoute = defineRoute({
  method: 'post',
  path: '/hosts/{id}/confirm-off',
  id: 'confirmHostOff',
  tag: 'Hosts',
  summary: 'Say that a host is off, which nothing could prove',
  description: 'What ran on it starts elsewhere at once. Were it not off, its work would be done twice until it is.',
  params: idParams,
  body: confirmOffSchema,
  responses: { 200: { description: 'The host, fenced', schema: hostViewSchema } },
  errors: [404, 409, 422],
  handle: async ({ context, params, body }) => ok(await confirmHostOff(context, params.id, body)),
});

export const confirmVmOffRoute = defineRoute({
  method: 'post',
  path: '/vms/{id}/confirm-off',
  id: 'confirmVmOff',
  tag: 'VMs',
  summary: 'Say that a VM is off whose fencing nobody acknowledges',
  description: 'It is replaced at once. Were it not off, its work would be done twice until its host ends it.',
  params: idParams,
  body: confirmOffSchema,
  responses: { 200: { description: 'The VM, failed', schema: vmViewSchema } },
  errors: [404, 409, 422],
  handle: async ({ context, params, body }) => ok(await confirmVmOff(context, params.id, body)),
});
