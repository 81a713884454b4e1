import type { WorkloadSpec } from '@/lib/domain/workload';

/**
 * The clustering process inside the guests: keepalived and HAProxy, as Headroom configures and asks them.
 * Every `ensure…` call is level-triggered: it may be repeated and does nothing when its state is in force.
 */
export interface Clustering {
  /**
   * Writes the workload and the configuration, starts the services, and resolves when the node can serve; VRRP may come
   * up a moment later. The application of a stateful workload stays stopped, or stands by where it can.
   */
  ensureInstalled(vmId: string, view: ClusterView): Promise<void>;
  /** Brings a member's configuration to this view. Resolves with whether anything had to change. */
  ensureConfigured(vmId: string, view: ClusterView): Promise<boolean>;
  /** Throws `HypervisorError` when the guest cannot be asked. */
  status(vmId: string): Promise<NodeStatus>;
  /**
   * The other members by name, and whether this member's proxy finds each able to serve. Throws as `status` does; costs
   * the guest a script.
   */
  peers(vmId: string): Promise<ReadonlyMap<string, boolean>>;
  /** Makes the holder give the VIP up at once; it stays a member. The best of the others takes it. */
  yieldVip(vmId: string): Promise<void>;
  /** After `yieldVip`: lets the member stand for the VIP again. */
  ensureStanding(vmId: string, view: ClusterView): Promise<void>;
  /**
   * While held, new requests wait at this node's HAProxy instead of being refused. A hold that nobody releases lapses
   * after 30 s. `healthyNode`: the member that was just seen to run the application, which this one then need not find out
   * by its next check while clients wait.
   */
  ensureRequestsHeld(vmId: string, held: boolean, healthyNode?: string): Promise<void>;
  /** Finishes accepted requests, then stops the application, and unmounts its volume where that is said. */
  ensureApplicationStopped(vmId: string, options: StopOptions): Promise<void>;
  /** Starts the application and resolves when its health path answers 200. */
  ensureApplicationStarted(vmId: string, options: { readonly deadlineMs: number }): Promise<void>;
  /** Makes a file system on an empty volume; mounts it where the workload wants it. */
  ensureVolumeMounted(vmId: string, volumeId: string, mountPath: string): Promise<void>;
  ensureVolumeUnmounted(vmId: string, mountPath: string): Promise<void>;
  /** Stops the clustering process: the member is gone from the cluster. */
  ensureLeft(vmId: string): Promise<void>;
  /** The last lines of keepalived's, HAProxy's and the application's log. */
  readLog(vmId: string, lines: number): Promise<string>;
}

export interface StopOptions {
  readonly deadlineMs: number;
  /** Its volume goes elsewhere, and clients wait: another call to the guest would take as long as this one. */
  readonly unmounts?: true;
}

/** What every member of a cluster is told. */
export interface ClusterView {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly vip: string;
  /** VRRP virtual router id, 1–255. */
  readonly virtualRouterId: number;
  readonly workload: WorkloadSpec;
  /** In the order in which they joined, for every member the same: directors choose alike only then. */
  readonly members: readonly ClusterMember[];
}

export interface ClusterMember {
  readonly vmId: string;
  readonly name: string;
  readonly address: string;
  /** Weight of the node's HAProxy in IPVS: 0 takes no new connections, established ones go on. */
  readonly weight: number;
  /** VRRP priority, 1–254; the highest takes the VIP when its holder is gone. */
  readonly priority: number;
  /** Whether the application runs here: every member of a stateless workload, one of a stateful. */
  readonly runsApplication: boolean;
  /** HAProxy sends it no new requests, at home or from peers. */
  readonly draining: boolean;
}

export interface NodeStatus {
  readonly at: Date;
  readonly vrrp: 'master' | 'backup' | 'fault' | 'stopped';
  /** Whether the VIP is configured on the node's own network card. */
  readonly holdsVip: boolean;
  readonly application: 'up' | 'down' | 'stopped';
  /** HAProxy runs and answers. */
  readonly proxy: 'up' | 'down';
  /** Established client connections at this node's HAProxy. */
  readonly connections: number;
  /** Hash of the view in force. */
  readonly viewHash: string;
  /**
   * The members to which its director leads new connections, with their weights, in its order. Two directors that say the
   * same lead alike; one that does not direct says nothing.
   */
  readonly directs: string;
}
