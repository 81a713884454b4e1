import { createSocket, type Socket } from 'node:dgram';
import type { NodeTrafficMetrics } from '../../types';
import { Meter, NO_FIGURES } from './meter';
import { parseRequestLine } from './request-line';
import { connectionsIn, type StatusPages } from './status-page';

const STATUS_TIMEOUT_MS = 1_500;
/** Nodes and clusters that are counted; the one that was silent longest is let go. */
const METERS_MAX = 1_024;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;
/** A node's connections count for its cluster as long as they were read within this time. */
const CONNECTIONS_FRESH_MS = 15_000;

interface Connections {
  readonly clusterId: string | null;
  readonly count: number;
  readonly readMs: number;
}

/**
 * Takes the proxies' request lines. A line counts for the node that sent it, which is the one that took the client's
 * connection, and for its cluster. The prober's own requests are among them.
 */
export class Collector {
  readonly #nodes = new Map<string, Meter>();
  readonly #clusters = new Map<string, Meter>();
  readonly #clusterOf = new Map<string, string>();
  readonly #connections = new Map<string, Connections>();
  readonly #socket: Socket = createSocket('udp4');

  constructor(
    private readonly pages: Pick<StatusPages, 'read'>,
    private readonly isPublished: (clusterId: string) => boolean,
  ) {
    this.#socket.on('message', (message, { address }) => this.take(address, message.toString('latin1')));
    this.#socket.on('error', (error) => console.error('collector:', error.message));
  }

  listen(address: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.bind(port, address, () => {
        this.#socket.off('error', reject);
        try {
          this.#socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
        } catch {
          // The system's own size does, too: lines may be lost in a burst then.
        }
        resolve();
      });
    });
  }

  take(address: string, text: string): void {
    const line = parseRequestLine(text);
    if (line === null || !this.isPublished(line.clusterId)) return;
    meterOf(this.#nodes, address).add(line);
    meterOf(this.#clusters, line.clusterId).add(line);
    remember(this.#clusterOf, address, line.clusterId);
  }

  /** Without an answer from the node's proxy nothing is known about it. */
  async node(address: string): Promise<NodeTrafficMetrics> {
    const page = await this.pages.read(address, STATUS_TIMEOUT_MS).catch(() => '');
    const nowMs = performance.now();
    const figures = meterOf(this.#nodes, address).read(nowMs);
    const connections = connectionsIn(page);
    if (connections === null) {
      this.#connections.delete(address);
      return { at: new Date(), ...NO_FIGURES, connections: null };
    }
    const clusterId = this.#clusterOf.get(address) ?? null;
    remember(this.#connections, address, { clusterId, count: connections, readMs: nowMs });
    return { at: new Date(), ...figures, connections };
  }

  /** The prober sees to it that a cluster which works has lines: without any there is no figure, not a zero. */
  cluster(clusterId: string): NodeTrafficMetrics {
    const nowMs = performance.now();
    const meter = meterOf(this.#clusters, clusterId);
    const hasLines = meter.requests > 0;
    const figures = meter.read(nowMs);
    const counts = [...this.#connections.values()].filter(
      (node) => node.clusterId === clusterId && nowMs - node.readMs <= CONNECTIONS_FRESH_MS,
    );
    return {
      at: new Date(),
      ...(hasLines ? figures : NO_FIGURES),
      connections: counts.length === 0 ? null : counts.reduce((sum, { count }) => sum + count, 0),
    };
  }

  forgetCluster(clusterId: string): void {
    this.#clusters.delete(clusterId);
  }

  close(): void {
    this.#socket.close();
  }
}

/** Puts the key last, and lets the first one go when there are too many. */
const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > METERS_MAX && oldest !== undefined) map.delete(oldest);
};

const meterOf = (map: Map<string, Meter>, key: string): Meter => {
  const meter = map.get(key) ?? new Meter();
  remember(map, key, meter);
  return meter;
};
