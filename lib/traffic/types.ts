import type { FailedRequest } from '@/lib/domain/operation';

/**
 * What stands where clients stand: the prober, the load generator, the way from this machine to each VIP, and the
 * collector of the proxies' figures. It runs on its own and outlives the orchestrator.
 */
export interface Traffic {
  /** Starts the agent if it does not run. Idempotent. */
  start(): Promise<void>;
  /** Releases what this process holds. Probing, load and gateways go on. */
  stop(): Promise<void>;
  /** Ends them and removes their state. Fine when nothing runs. */
  tearDown(): Promise<void>;

  /** Probes the VIP from now on and serves it at 127.0.0.1:`gatewayPort`. */
  ensurePublished(target: PublishedTarget): Promise<void>;
  ensureUnpublished(clusterId: string): Promise<void>;
  listPublished(): Promise<readonly PublishedTarget[]>;

  /** What the prober saw in a time, both ends inclusive. Waits for probes under way, `PROBE_TIMEOUT_MS` at most. */
  receipt(clusterId: string, from: Date, to: Date): Promise<ProbeSummary>;
  /** One request through the VIP now, bounded by the timeout. */
  probeOnce(clusterId: string, options?: { readonly timeoutMs?: number; readonly path?: string }): Promise<ProbeAnswer>;
  /** Node names that answered a probe since then, with the time of the first answer of each. */
  answeredSince(clusterId: string, since: Date): Promise<ReadonlyMap<string, Date>>;

  /** Figures since the last call for this node; the first call gives nulls. */
  nodeMetrics(address: string): Promise<NodeTrafficMetrics>;
  clusterMetrics(clusterId: string): Promise<NodeTrafficMetrics>;

  /** Open-loop load on the VIP; 0 requests per second stops it. */
  setLoad(clusterId: string, load: LoadSpec): Promise<LoadStatus>;
  load(clusterId: string): Promise<LoadStatus>;
  /** MAC addresses that answer for the VIP on the wire. */
  vipHolders(vip: string): Promise<readonly string[]>;
}

export interface PublishedTarget {
  readonly clusterId: string;
  readonly vip: string;
  readonly servicePort: number;
  readonly probePath: string;
  readonly gatewayPort: number;
}

export interface ProbeAnswer {
  readonly ok: boolean;
  readonly status: number | null;
  /** Name of the node whose application answered, from the `X-Served-By` header that HAProxy sets. */
  readonly servedBy: string | null;
  readonly latencyMs: number;
  readonly error: string | null;
}

/**
 * Within which a probe is answered or has failed. As patient as clients are: while a stateful application moves, requests
 * wait at the proxies for some seconds, and those that waited are answered one after another.
 */
export const PROBE_TIMEOUT_MS = 12_000;

/** A probe that failed; its node is the one whose application answered, or whose proxy did where none could. */
export type ProbeFailure = FailedRequest;

export interface ProbeSummary {
  readonly requests: number;
  readonly failed: number;
  /** The first that failed, at most `FAILURES_TOLD_MAX` (20), in the order in which they were sent. */
  readonly failures: readonly ProbeFailure[];
  readonly longestGapMs: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
  /** Part of the time in which the prober itself was not run: it is in no gap and in no latency. */
  readonly unobservedMs: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export interface NodeTrafficMetrics {
  readonly at: Date;
  readonly requestsPerSecond: number | null;
  readonly errorsPerSecond: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly connections: number | null;
}

export interface LoadSpec {
  readonly requestsPerSecond: number;
  readonly path: string;
  /** Slow responses kept open at all times. */
  readonly slowStreams: number;
}

export interface LoadStatus extends LoadSpec {
  readonly sent: number;
  readonly failed: number;
  readonly brokenStreams: number;
  readonly completedStreams: number;
  readonly longestGapMs: number;
  /** The first that failed, at most `FAILURES_TOLD_MAX`, in the order in which that was known. */
  readonly failures: readonly FailedRequest[];
  readonly startedAt: Date | null;
}
