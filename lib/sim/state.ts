import type { ClusterView, NodeStatus } from '@/lib/clustering/types';
import type { Shape } from '@/lib/domain/shape';
import type { NicSpec } from '@/lib/hypervisors/types';
import type { LoadSpec, PublishedTarget } from '@/lib/traffic/types';

/** Everything there is in the simulated world, as plain values. Times are milliseconds since 1970. */
export interface WorldState {
  readonly seed: number;
  readonly hosts: Map<string, SimHost>;
  readonly vms: Map<string, SimVm>;
  readonly volumes: Map<string, SimVolume>;
  readonly clusters: Map<string, SimCluster>;
  readonly images: Map<string, readonly string[]>;
}

export interface SimHost {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly capacity: Shape;
  power: 'on' | 'off';
  /** Whether the hypervisor on it can be asked. */
  management: boolean;
  /** Whether packets of guests and clients get in, and out. */
  incoming: boolean;
  outgoing: boolean;
  /** The same of its site: every host of a site has the same. */
  siteManagement: boolean;
  siteIncoming: boolean;
  siteOutgoing: boolean;
  /** Whether its power can be cut, and seen to be cut, while the host itself does not answer. */
  powerController: boolean;
  /** Whether orders to fence are answered. */
  fenceAcknowledged: boolean;
}

export type SimRunState = 'stopped' | 'starting' | 'running' | 'paused' | 'crashed';

export interface SimVm {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  readonly shape: Shape;
  readonly imageKey: string;
  readonly nic: NicSpec;
  readonly machineId: string;
  run: SimRunState;
  /** When a starting VM answers. */
  readyAtMs: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
  starts: number;
  bootRetries: number;
  readonly volumes: string[];
  /** Mount path → volume. */
  mounts: Record<string, string>;
  readonly files: Record<string, string>;
  diskFull: boolean;
  /** Connections of its clients never close. */
  neverDrains: boolean;
  member: SimMember | null;
  meters: Meters;
}

export interface SimVolume {
  readonly id: string;
  readonly sizeGiB: number;
  attachedTo: string | null;
  formatted: boolean;
  /** Paths relative to where it is mounted. */
  readonly files: Record<string, string>;
}

/** The clustering process in a guest. */
export interface SimMember {
  readonly clusterId: string;
  view: ClusterView;
  viewHash: string;
  vrrp: NodeStatus['vrrp'];
  /** False between giving the VIP up and standing for it again. */
  standing: boolean;
  application: NodeStatus['application'];
  proxy: NodeStatus['proxy'];
  held: boolean;
  /** Since when it, not being the holder, has heard none. */
  silentSinceMs: number | null;
  silentBecause: SilenceCause;
  /** Since when it, being the holder, has heard a better one. */
  outbidSinceMs: number | null;
  /** Since when it can converse with nobody: no other member, and not with clients. */
  cutOffSinceMs: number | null;
  /** Whether that has lasted, so that it stands for the VIP no more until somebody answers it again. */
  deaf: boolean;
  /** Connections left from before it stopped being dealt new ones. */
  leftover: { readonly count: number; readonly sinceMs: number } | null;
  readonly log: string[];
}

/** `handed-over`: the holder said that it goes; `lost`: it fell silent. */
export type SilenceCause = 'handed-over' | 'lost';

/** Cumulative figures of a VM, true at `atMs`. */
export interface Meters {
  atMs: number;
  cpuMs: number;
  requests: number;
  errors: number;
  receivedBytes: number;
  sentBytes: number;
  diskReadBytes: number;
  diskWrittenBytes: number;
}

export interface SimCluster {
  readonly id: string;
  /** What clients met, from the oldest kept to now. Never empty. */
  readonly epochs: Epoch[];
  /** Up to when its transitions have been worked out. */
  settledMs: number;
  /** Since when a listed member has not been served by. */
  deadSinceMs: Record<string, number>;
  published: (PublishedTarget & { readonly sinceMs: number }) | null;
  demand: Demand;
  load: LoadRun | null;
  meters: { atMs: number; requests: number; errors: number };
}

/** A stretch of time in which the cluster treats every request alike. It ends where the next one begins. */
export interface Epoch {
  readonly atMs: number;
  /** VMs that have the VIP and that clients reach. */
  readonly holders: readonly string[];
  /** Where answered requests go. The shares of these, `waiting` and `failed` add up to 1. */
  readonly servers: readonly Served[];
  readonly waiting: number;
  readonly failed: number;
  /** What fails and why; the shares add up to `failed`. */
  readonly failing: readonly Failing[];
}

/**
 * Why requests fail: nobody has the VIP; its holder has nobody to deal to; it deals to a member of which it has not
 * noticed yet that it does not serve; the member's proxy finds no application that runs.
 */
export type FailureCause = 'no-holder' | 'no-member' | 'silent-member' | 'no-application';

export interface Failing {
  readonly cause: FailureCause;
  /** Name of the member that it is about. */
  readonly node: string | null;
  readonly share: number;
}

export interface Served {
  readonly vmId: string;
  readonly name: string;
  readonly vcpus: number;
  readonly share: number;
}

/** What clients other than the prober and the load generator ask for: a wave around a mean. Requests per second. */
export interface Demand {
  readonly meanRequestsPerSecond: number;
  /** Highest departure from the mean. */
  readonly swingRequestsPerSecond: number;
  readonly periodMs: number;
  /** Part of the period by which the wave is late, in [0, 1). */
  readonly phase: number;
}

export interface LoadRun {
  spec: LoadSpec;
  startedAtMs: number;
  /** Up to when the counts below are true. */
  countedMs: number;
  endedAtMs: number | null;
  sent: number;
  failed: number;
  brokenStreams: number;
  completedStreams: number;
  longestGapMs: number;
  /** Since when no request has been answered; null while they are. */
  unansweredSinceMs: number | null;
}

export const newMeters = (atMs: number): Meters => ({
  atMs,
  cpuMs: 0,
  requests: 0,
  errors: 0,
  receivedBytes: 0,
  sentBytes: 0,
  diskReadBytes: 0,
  diskWrittenBytes: 0,
});
