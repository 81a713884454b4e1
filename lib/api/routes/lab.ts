import { hurtLabSchema, labFaultsQuerySchema, labFaultViewSchema, pageOf } from '@/lib/domain/contract';
import { hurtLab } from '@/lib/usecases/lab/hurt-lab';
import { getLabFault, listLabFaults } from '@/lib/usecases/lab/list-faults';
import { restoreLab } from '@/lib/usecases/lab/restore-lab';
import { accepted, defineRoute, idParams, ok } from '../define-route';

const tag = 'Rehearsal';

export const listLabFaultsRoute = defineRoute({
  method: 'get',
  path: '/lab/faults',
  id: 'listLabFaults',
  tag,
  summary: 'Harm that was done to the lab on purpose, newest first',
  query: labFaultsQuerySchema,
  responses: { 200: { description: 'A page of faults', schema: pageOf(labFaultViewSchema) } },
  handle: async ({ context, query }) => ok(await listLabFaults(context, query)),
});

export const hurtLabRoute = defineRoute({
  method: 'post',
  path: '/lab/faults',
  id: 'hurtLab',
  tag,
  summary: 'Hurt the lab on purpose, to see what follows',
  description:
    'Crashes or pauses a VM, crashes its application, fills its disk, takes the power from a host, cuts a host or a site off.',
  body: hurtLabSchema,
  responses: { 202: { description: 'The fault, about to be done', schema: labFaultViewSchema } },
  errors: [404, 409],
  handle: async ({ context, body }) => accepted(await hurtLab(context, body)),
});

export const getLabFaultRoute = defineRoute({
  method: 'get',
  path: '/lab/faults/{id}',
  id: 'getLabFault',
  tag,
  summary: 'One fault, and what came of it',
  params: idParams,
  responses: { 200: { description: 'The fault', schema: labFaultViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getLabFault(context, params.id)),
});

export const restoreLabRoute = defineRoute({
  method: 'post',
  path: '/lab/faults/{id}/restore',
  id: 'restoreLab',
  tag,
  summary: 'Make good what was done to the lab',
  params: idParams,
  responses: { 202: { description: 'The fault, about to be made good', schema: labFaultViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => accepted(await restoreLab(context, params.id)),
});
