import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';

const holder = globalThis as typeof globalThis & { headroomResponses?: AsyncLocalStorage<ServerResponse> };

const watch = (): AsyncLocalStorage<ServerResponse> => {
  const responses = new AsyncLocalStorage<ServerResponse>();
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { readonly response?: unknown };
    if (response instanceof ServerResponse) responses.enterWith(response);
  });
  return responses;
};

holder.headroomResponses ??= watch();

/**
 * Node's own response to the request that is being handled; null where it is not known, as for a request that came before
 * this module was loaded. Next hands no route its response: what goes to a thousand streams is written to it, since the web
 * stream before it costs several times as much for each chunk.
 */
export const currentNodeResponse = (): ServerResponse | null => holder.headroomResponses?.getStore() ?? null;
