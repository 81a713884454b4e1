import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NextRequest } from 'next/server';
import { closeDatabaseConnection } from '@/lib/db/client';
import { closeEventHub } from '@/lib/events/web-hub';
import type { Route } from './define-route';
import { ROUTES } from './routes';
import { serve, serveNotFound } from './serve';

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const matchPath = (pattern: string, path: string): Readonly<Record<string, string>> | null => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = decodeURIComponent(given[i] ?? '');
    if (part.startsWith('{')) params[part.slice(1, -1)] = text;
    else if (part !== text) return null;
  }
  return params;
};

/** A path without parameters wins, as in Next. */
const findRoute = (method: string, path: string): Match | null => {
  const routes = ROUTES.filter((route) => route.method === method.toLowerCase());
  for (const route of [...routes].sort((a, b) => a.path.split('{').length - b.path.split('{').length)) {
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

export interface TestServer {
  readonly url: string;
  /** Ends what the web process has one of each as well: the next file of tests begins with its own. */
  readonly close: () => Promise<void>;
}

/** The API's routes behind a real port of 127.0.0.1, for tests of its clients. The database is DATABASE_URL's. */
export const startTestServer = async (): Promise<TestServer> => {
  const server = createServer((incoming, outgoing) => {
    const respond = async (): Promise<void> => {
      const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
      const method = incoming.method ?? 'GET';
      const gone = new AbortController();
      outgoing.on('close', () => gone.abort());
      const body = await readAll(incoming);
      const request = new NextRequest(url, {
        method,
        headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        signal: gone.signal,
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      const match = findRoute(method, url.pathname.replace('/api/v1', ''));
      const params = Promise.resolve(match?.params ?? {});
      const response = await (match === null ? serveNotFound : serve(match.route))(request, { params });
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) outgoing.write(chunk);
      outgoing.end();
    };
    respond().catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await closeEventHub();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await closeDatabaseConnection();
    },
  };
};
