import { HypervisorError } from '@/lib/hypervisors/types';
import type { LoadStatus, NodeTrafficMetrics, PublishedTarget } from '../../types';
import { type AgentMethods, type Handlers, PROTOCOL_VERSION } from '../control/messages';
import type { Service } from '../gateway/entrance';
import type { ArpAsker } from './arp';
import { Collector } from './collector';
import { Heartbeat } from './heartbeat';
import { Published } from './published';
import { readState, writeState } from './state-file';
import { StatusPages } from './status-page';

/** What stands where clients stand. Its state is in the file before a change is answered. */
export class Agent {
  readonly #heartbeat = new Heartbeat();
  readonly #published = new Map<string, Published>();
  readonly #pages = new StatusPages(this.#heartbeat.stalls);
  readonly #collector = new Collector(this.#pages, (clusterId) => this.#published.has(clusterId));

  constructor(
    private readonly stateFile: string,
    private readonly arp: ArpAsker,
  ) {}

  async start(collectorAddress: string, collectorPort: number): Promise<void> {
    await this.#collector.listen(collectorAddress, collectorPort);
    for (const { target, load } of readState(this.stateFile).targets) {
      const published = new Published(target, this.#heartbeat);
      this.#published.set(target.clusterId, published);
      if (load !== null) published.setLoad(load);
    }
    this.#heartbeat.start();
  }

  findService(clusterId: string): Service | null {
    const target = this.#published.get(clusterId)?.target;
    return target === undefined ? null : { host: target.vip, port: target.servicePort };
  }

  readonly handlers: Handlers<AgentMethods> = {
    version: () => PROTOCOL_VERSION,
    publish: (target) => {
      this.#publish(target);
      return null;
    },
    unpublish: ({ clusterId }) => {
      this.#published.get(clusterId)?.stop();
      this.#published.delete(clusterId);
      this.#collector.forgetCluster(clusterId);
      this.#save();
      return null;
    },
    published: () => [...this.#published.values()].map(({ target }) => target),
    receipt: async ({ clusterId, from, to }) => {
      const offset = epochOffset();
      const summary = await this.#get(clusterId).prober.receipt(from - offset, to - offset);
      return {
        requests: summary.requests,
        failed: summary.failed,
        failures: summary.failures.map(({ sentMs, afterMs, ...what }) => ({
          at: Math.round(sentMs + offset),
          afterMs: Math.round(afterMs),
          ...what,
        })),
        longestGapMs: Math.round(summary.longestGapMs),
        latencyP50Ms: tenths(summary.latencyP50Ms),
        latencyP99Ms: tenths(summary.latencyP99Ms),
        unobservedMs: Math.round(summary.unobservedMs),
        startedAt: from,
        endedAt: to,
      };
    },
    probeOnce: ({ clusterId, path, timeoutMs }) => {
      const { prober } = this.#get(clusterId);
      return prober.probeOnce(path ?? prober.target.probePath, timeoutMs);
    },
    answeredSince: ({ clusterId, since }) => {
      const offset = epochOffset();
      const answers = this.#get(clusterId).prober.answeredSince(since - offset);
      return [...answers].map(([name, atMs]) => [name, Math.round(atMs + offset)] as const);
    },
    nodeMetrics: async ({ address }) => wireMetrics(await this.#collector.node(address)),
    clusterMetrics: ({ clusterId }) => wireMetrics(this.#collector.cluster(clusterId)),
    setLoad: ({ clusterId, load }) => {
      const status = this.#get(clusterId).setLoad(load);
      this.#save();
      return wireLoad(status);
    },
    load: ({ clusterId }) => wireLoad(this.#get(clusterId).loadStatus()),
    memberStatus: ({ address, timeoutMs }) => this.#pages.read(address, timeoutMs),
    vipHolders: ({ vip }) => this.arp.holders(vip),
  };

  /** A cluster that comes to be served differently is another service: its probes and its load begin anew. */
  #publish(target: PublishedTarget): void {
    const known = this.#published.get(target.clusterId);
    if (known !== undefined && JSON.stringify(known.target) === JSON.stringify(target)) return;
    known?.stop();
    const published = new Published(target, this.#heartbeat);
    if (known?.wantedLoad != null) published.setLoad(known.wantedLoad);
    this.#published.set(target.clusterId, published);
    this.#save();
  }

  #get(clusterId: string): Published {
    const published = this.#published.get(clusterId);
    if (published === undefined) throw new HypervisorError('not_found', `The cluster ${clusterId} is not published.`);
    return published;
  }

  #save(): void {
    const targets = [...this.#published.values()].map(({ target, wantedLoad: load }) => ({ target, load }));
    writeState(this.stateFile, { targets });
  }
}

/**
 * From `performance.now()` to the time of day. All measuring is done on the monotonic clock; the difference is taken
 * anew for each question, so that a clock that was set meanwhile moves no receipt.
 */
const epochOffset = (): number => Date.now() - performance.now();

/** No clock here is better than that. */
const tenths = (valueMs: number | null): number | null => (valueMs === null ? null : Math.round(valueMs * 10) / 10);

const wireMetrics = (metrics: NodeTrafficMetrics) => ({ ...metrics, at: metrics.at.getTime() });

const wireLoad = (status: LoadStatus) => ({
  ...status,
  failures: status.failures.map((failure) => ({ ...failure, at: failure.at.getTime() })),
  startedAt: status.startedAt?.getTime() ?? null,
});
