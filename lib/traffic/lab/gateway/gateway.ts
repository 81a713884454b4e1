import { createServer, type Server, type Socket } from 'node:net';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { GatewayPort } from '../control/messages';
import { DATA_SOCKET } from '../paths';
import { TAKEN } from './frames';
import { relayToClient } from './relay';
import { CONNECT_MS_MAX, PAUSE_MS, retryConnect } from './retry-connect';

/** Of one port. */
const CONNECTIONS_MAX = 1_000;

interface Open {
  readonly clusterId: string;
  readonly server: Server;
  readonly sockets: Set<Socket>;
}

/** Listens at ports of this machine's loopback and carries every connection to the agent. */
export class Gateway {
  readonly #open = new Map<number, Open>();

  /** @param directory where the agent's data socket is */
  constructor(private readonly directory: string) {}

  /** Listens at exactly these ports. Throws `failed` when one is taken; the others are served then all the same. */
  async serve(ports: readonly GatewayPort[]): Promise<void> {
    const wanted = new Map(ports.map(({ port, clusterId }) => [port, clusterId]));
    for (const [port, { clusterId, server, sockets }] of this.#open) {
      if (wanted.get(port) === clusterId) continue;
      this.#open.delete(port);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
    const missing = ports.filter(({ port }) => !this.#open.has(port));
    const results = await Promise.allSettled(missing.map((port) => this.#listen(port)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async #listen({ port, clusterId }: GatewayPort): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
      sockets.add(client);
      client.on('close', () => sockets.delete(client));
      void this.#carry(client, clusterId);
    });
    server.maxConnections = CONNECTIONS_MAX;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => {
        reject(new HypervisorError('failed', `127.0.0.1:${port} cannot be listened on.`, { cause }));
      });
      server.listen(port, '127.0.0.1', resolve);
    });
    server.on('error', (error) => console.error(`gateway ${port}:`, error.message));
    this.#open.set(port, { clusterId, server, sockets });
  }

  async #carry(client: Socket, clusterId: string): Promise<void> {
    let isOpen = true;
    const onGone = (): void => {
      isOpen = false;
      client.destroy();
    };
    client.on('error', onGone);
    client.on('close', onGone);
    const agent = await this.#openWay(clusterId, () => isOpen);
    if (agent === null || !isOpen) {
      agent?.destroy();
      client.resetAndDestroy();
      return;
    }
    relayToClient(agent, client);
  }

  /** Until the service has taken the connection no byte of the client is read, so that this may be tried again. */
  async #openWay(clusterId: string, isWanted: () => boolean): Promise<Socket | null> {
    const untilMs = performance.now() + CONNECT_MS_MAX;
    const isInTime = (): boolean => isWanted() && performance.now() < untilMs;
    for (;;) {
      const agent = await retryConnect({ path: `${this.directory}/${DATA_SOCKET}` }, isInTime);
      if (agent === null) return null;
      agent.write(`${clusterId}\n`);
      if (await isTaken(agent)) return agent;
      agent.destroy();
      if (!isInTime()) return null;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Resolves with whether the agent said that the service took the connection; false when it went away before. */
const isTaken = (agent: Socket): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (): void => {
      agent.off('readable', end);
      agent.off('error', end);
      agent.off('close', end);
      agent.on('error', () => undefined);
      resolve(agent.read(TAKEN.length) !== null);
    };
    agent.on('readable', end);
    agent.on('error', end);
    agent.on('close', end);
  });
