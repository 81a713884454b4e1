import { z } from 'zod';
import {
  countedPageOf,
  hostsQuerySchema,
  hostViewSchema,
  labelsSchema,
  maintenanceAcceptedSchema,
  maintenanceSchema,
  pageOf,
  planViewSchema,
  siteViewSchema,
  vmsQuerySchema,
  vmViewSchema,
} from '@/lib/domain/contract';
import { getHost, listHosts } from '@/lib/usecases/hosts/hosts';
import { listSites, setHostLabels, setSiteLabels } from '@/lib/usecases/hosts/labels';
import { setMaintenance } from '@/lib/usecases/hosts/set-maintenance';
import { getVm, listVms } from '@/lib/usecases/vms/vms';
import { accepted, defineRoute, idParams, ok } from '../define-route';

export const listHostsRoute = defineRoute({
  method: 'get',
  path: '/hosts',
  id: 'listHosts',
  tag: 'Hosts',
  summary: 'Hosts with their capacity, what is used, and their VMs',
  query: hostsQuerySchema,
  responses: { 200: { description: 'A page of hosts', schema: pageOf(hostViewSchema) } },
  handle: async ({ context, query }) => ok(await listHosts(context, query)),
});

export const getHostRoute = defineRoute({
  method: 'get',
  path: '/hosts/{id}',
  id: 'getHost',
  tag: 'Hosts',
  summary: 'One host, by id or name',
  params: idParams,
  responses: { 200: { description: 'The host', schema: hostViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getHost(context, params.id)),
});

export const setHostLabelsRoute = defineRoute({
  method: 'patch',
  path: '/hosts/{id}/labels',
  id: 'setHostLabels',
  tag: 'Hosts',
  summary: 'Say of a host what people find it by',
  params: idParams,
  body: labelsSchema,
  responses: { 200: { description: 'The host', schema: hostViewSchema } },
  errors: [404],
  handle: async ({ context, params, body }) => ok(await setHostLabels(context, params.id, body)),
});

export const listSitesRoute = defineRoute({
  method: 'get',
  path: '/sites',
  id: 'listSites',
  tag: 'Hosts',
  summary: 'Sites with their hosts and labels',
  responses: { 200: { description: 'All of them', schema: z.object({ items: z.array(siteViewSchema) }) } },
  handle: async ({ context }) => ok(await listSites(context)),
});

export const setSiteLabelsRoute = defineRoute({
  method: 'patch',
  path: '/sites/{id}/labels',
  id: 'setSiteLabels',
  tag: 'Hosts',
  summary: 'Say of a site what people find it by',
  params: idParams,
  body: labelsSchema,
  responses: { 200: { description: 'The site', schema: siteViewSchema } },
  errors: [404],
  handle: async ({ context, params, body }) => ok(await setSiteLabels(context, params.id, body)),
});

export const maintenanceRoute = defineRoute({
  method: 'post',
  path: '/hosts/{id}/maintenance',
  id: 'setMaintenance',
  tag: 'Hosts',
  summary: 'Begin or end maintenance of a host',
  description: 'Beginning it moves every VM elsewhere, one operation per cluster; 507 when they do not fit.',
  params: idParams,
  body: maintenanceSchema,
  responses: {
    200: {
      description: 'With `dryRun`: the plans, nothing was changed',
      schema: z.object({ plans: z.array(planViewSchema) }),
    },
    202: { description: 'The host and the operations that empty it', schema: maintenanceAcceptedSchema },
  },
  errors: [404, 409, 422, 507],
  handle: async ({ context, params, body }) => {
    const result = await setMaintenance(context, params.id, body);
    return 'plans' in result ? ok(result) : accepted(result);
  },
});

export const listVmsRoute = defineRoute({
  method: 'get',
  path: '/vms',
  id: 'listVms',
  tag: 'VMs',
  summary: 'Every VM that holds capacity, spares included',
  query: vmsQuerySchema,
  responses: { 200: { description: 'A page of VMs', schema: countedPageOf(vmViewSchema) } },
  handle: async ({ context, query }) => ok(await listVms(context, query)),
});

export const getVmRoute = defineRoute({
  method: 'get',
  path: '/vms/{id}',
  id: 'getVm',
  tag: 'VMs',
  summary: 'One VM',
  params: idParams,
  responses: { 200: { description: 'The VM', schema: vmViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getVm(context, params.id)),
});
