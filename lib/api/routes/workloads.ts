import { pageOf, pageQuerySchema, workloadViewSchema } from '@/lib/domain/contract';
import { createWorkload } from '@/lib/usecases/workloads/create-workload';
import { deleteWorkload } from '@/lib/usecases/workloads/delete-workload';
import { getWorkload, listWorkloads } from '@/lib/usecases/workloads/workloads';
import { workloadSpecSchema } from '@/lib/workloads/schema';
import { created, defineRoute, idParams, ok } from '../define-route';

const tag = 'Workloads';

export const listWorkloadsRoute = defineRoute({
  method: 'get',
  path: '/workloads',
  id: 'listWorkloads',
  tag,
  summary: 'What clusters can run, by name',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of workloads', schema: pageOf(workloadViewSchema) } },
  handle: async ({ context, query }) => ok(await listWorkloads(context, query)),
});

export const createWorkloadRoute = defineRoute({
  method: 'post',
  path: '/workloads',
  id: 'createWorkload',
  tag,
  summary: 'Add a workload of your own',
  body: workloadSpecSchema,
  responses: { 201: { description: 'The workload', schema: workloadViewSchema } },
  errors: [409, 422],
  handle: async ({ context, body }) => created(await createWorkload(context, body)),
});

export const getWorkloadRoute = defineRoute({
  method: 'get',
  path: '/workloads/{id}',
  id: 'getWorkload',
  tag,
  summary: 'One workload, by id or name',
  params: idParams,
  responses: { 200: { description: 'The workload', schema: workloadViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getWorkload(context, params.id)),
});

export const deleteWorkloadRoute = defineRoute({
  method: 'delete',
  path: '/workloads/{id}',
  id: 'deleteWorkload',
  tag,
  summary: 'Remove a workload that no cluster runs',
  params: idParams,
  responses: { 200: { description: 'The workload that was removed', schema: workloadViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => ok(await deleteWorkload(context, params.id)),
});
