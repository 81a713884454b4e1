/**
 * What a cluster runs. The application listens on `port` inside the guest; HAProxy on the same node is in front of it.
 */
export interface WorkloadSpec {
  readonly name: string;
  readonly description: string;
  /** Debian packages the image must hold besides the clustering process. */
  readonly packages: readonly string[];
  /** Files written into the guest before the start command runs. */
  readonly files: readonly WorkloadFile[];
  /** One line of a shell, run as the unprivileged user `headroom-app`; an absolute path first. */
  readonly startCommand: string;
  /** Port of the application inside the guest. */
  readonly port: number;
  /** Port at the VIP. */
  readonly servicePort: number;
  /** Answers 200 when the application is able to work. */
  readonly healthPath: string;
  /** Path that the prober asks through the VIP. */
  readonly probePath: string;
  /** Concurrent requests one node takes before it hands them to a less busy peer. */
  readonly maxConnections: number;
  /** A stateful workload has one data volume, and one node runs the application at a time. */
  readonly volume: WorkloadVolume | null;
}

export interface WorkloadFile {
  readonly path: string;
  readonly content: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
}

export interface WorkloadVolume {
  readonly mountPath: string;
  readonly sizeGiB: number;
  /**
   * The application may run before the volume is there: until then it is not healthy and writes nothing, and then it takes the
   * volume by itself. Nodes that stand by run it so, and clients of a move do not wait for its start.
   */
  readonly standsBy?: boolean;
}
