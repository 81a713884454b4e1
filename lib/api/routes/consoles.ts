import {
  consoleEventSchema,
  consoleInputSchema,
  consoleViewSchema,
  openConsoleSchema,
  vmLogQuerySchema,
  vmLogViewSchema,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { closeConsole, openConsole, readConsole, typeIntoConsole } from '@/lib/usecases/vms/console';
import { readVmLog } from '@/lib/usecases/vms/log';
import { consoleStream } from '../console-stream';
import { created, defineRoute, idParams, ok } from '../define-route';

export const openConsoleRoute = defineRoute({
  method: 'post',
  path: '/vms/{id}/consoles',
  id: 'openConsole',
  tag: 'VMs',
  summary: "Open a VM's serial console, to look or to type as well",
  description: 'Follow its output, type into it, close it. One that nobody follows for 15 s is closed. Audited.',
  params: idParams,
  body: openConsoleSchema,
  responses: { 201: { description: 'The console', schema: consoleViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params, body }) => created(await openConsole(context, params.id, body)),
});

export const consoleOutputRoute = defineRoute({
  method: 'get',
  path: '/consoles/{id}/output',
  id: 'consoleOutput',
  tag: 'VMs',
  summary: 'What the guest prints, as server-sent events',
  description: 'Begins with what is kept of before. `Last-Event-ID` goes on after it.',
  params: idParams,
  responses: {
    200: { description: 'A stream of events', schema: consoleEventSchema, contentType: 'text/event-stream' },
  },
  errors: [404],
  handle: async ({ context, params, request }) => {
    const last = request.headers.get('last-event-id') ?? '0';
    if (!/^\d{1,18}$/.test(last)) throw new HeadroomError('malformed', 'Last-Event-ID is not an id of this stream.');
    await readConsole(context, params.id, BigInt(last));
    return consoleStream(context, params.id, BigInt(last), request.signal);
  },
});

export const typeIntoConsoleRoute = defineRoute({
  method: 'post',
  path: '/consoles/{id}/input',
  id: 'typeIntoConsole',
  tag: 'VMs',
  summary: 'Type into a console that was opened for it',
  params: idParams,
  body: consoleInputSchema,
  responses: { 200: { description: 'The console', schema: consoleViewSchema } },
  errors: [404, 429],
  handle: async ({ context, params, body }) => ok(await typeIntoConsole(context, params.id, body)),
});

export const closeConsoleRoute = defineRoute({
  method: 'delete',
  path: '/consoles/{id}',
  id: 'closeConsole',
  tag: 'VMs',
  summary: 'Close a console',
  params: idParams,
  responses: { 200: { description: 'The console', schema: consoleViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await closeConsole(context, params.id)),
});

export const readVmLogRoute = defineRoute({
  method: 'get',
  path: '/vms/{id}/log',
  id: 'readVmLog',
  tag: 'VMs',
  summary: 'The last lines of keepalived, HAProxy and the application in a node',
  description: 'Read in the guest when asked for. Audited.',
  params: idParams,
  query: vmLogQuerySchema,
  responses: { 200: { description: 'The log', schema: vmLogViewSchema } },
  errors: [404, 409, 503],
  handle: async ({ context, params, query }) => ok(await readVmLog(context, params.id, query)),
});
