import { createServer, type Server } from 'node:http';
import type { ProbeAnswer } from '@/lib/traffic/types';

/** How long open requests are given when a gateway closes. */
const CLOSE_MS = 2_000;

/** Serves a cluster at a port of this machine's loopback, so that `curl` works in the simulation too. */
export class Gateway {
  readonly #server: Server;

  constructor(
    readonly port: number,
    ask: (path: string) => Promise<ProbeAnswer>,
  ) {
    this.#server = createServer((request, response) => {
      ask(request.url ?? '/').then(
        (answer) => {
          const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
          if (answer.ok && answer.servedBy !== null) {
            response.writeHead(200, { ...headers, 'x-served-by': answer.servedBy });
            response.end(`${JSON.stringify({ node: answer.servedBy, simulated: true })}\n`);
          } else {
            response.writeHead(503, headers);
            response.end(`${JSON.stringify({ error: answer.error, simulated: true })}\n`);
          }
        },
        () => {
          response.writeHead(500);
          response.end();
        },
      );
    });
    this.#server.unref();
  }

  /** Rejects when the port is taken. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        this.#server.on('error', () => undefined);
        resolve();
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      const force = setTimeout(() => this.#server.closeAllConnections(), CLOSE_MS);
      this.#server.close(() => {
        clearTimeout(force);
        resolve();
      });
      this.#server.closeIdleConnections();
    });
  }
}
