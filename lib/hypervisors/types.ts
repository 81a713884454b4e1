import type { Duplex } from 'node:stream';
import type { Shape } from '@/lib/domain/shape';

/**
 * The contract of a hypervisor driver. `contract.ts` holds the suite that every driver passes.
 *
 * Guarantees every driver gives:
 * - Calls are idempotent by VM or volume id: a repeated call finds the work done and returns the same facts.
 * - VMs outlive the process that created them; a new driver instance over the same state directory finds them again.
 * - Every call ends by its deadline, with a result or a `HypervisorError`.
 * - At most one running copy of a VM, and at most one attachment of a volume.
 */
export interface Hypervisor {
  readonly name: 'qemu' | 'simulated';
  /** Brings the driver to work: prepares hosts and networks, adopts VMs that still run. Idempotent. */
  start(): Promise<void>;
  /** Releases what this process holds (connections, watchers). VMs go on. */
  stop(): Promise<void>;
  /** Destroys every VM, volume, network and process of this driver's state directory. */
  tearDown(): Promise<void>;

  listHosts(): Promise<readonly HostFacts[]>;
  /** How VMs are accelerated here: `kvm` where a canary guest booted under it, else `tcg`. */
  accelerator(): Promise<Accelerator>;
  /** Builds or finds the image and its golden snapshot. Resolves with its key. Long: minutes when nothing is cached. */
  ensureImage(image: ImageSpec, progress: (message: string, fraction: number) => void): Promise<string>;

  /** The images that are there, newest first. */
  listImages(): Promise<readonly ImageFacts[]>;

  /** Defines a VM: disk overlay, NIC, identity. It is `stopped` afterwards. Throws `no_capacity` when the host is full. */
  createVm(spec: VmSpec): Promise<VmFacts>;
  /** Starts a defined VM and resolves when its guest channel answers and its shape is in force. */
  startVm(vmId: string, options: StartOptions): Promise<VmFacts>;
  /** Asks the guest to shut down; kills it at the deadline. */
  stopVm(vmId: string, options: { readonly deadlineMs: number }): Promise<VmFacts>;
  /** Ends the VM at once, as a power cut would. */
  killVm(vmId: string): Promise<VmFacts>;
  /** Whether others that ask for processor time come before this VM. Lasts until its end. Throws `wrong_state` unless it runs. */
  setPriority(vmId: string, priority: VmPriority): Promise<void>;
  /** Stops the VM's execution without ending it, and lets it go on. */
  pauseVm(vmId: string): Promise<void>;
  resumeVm(vmId: string): Promise<void>;
  /** Kills the VM if it runs and removes everything it had. Detaches its volumes and leaves them. Fine when it is gone. */
  destroyVm(vmId: string): Promise<void>;
  listVms(): Promise<readonly VmFacts[]>;
  findVm(vmId: string): Promise<VmFacts | null>;

  guest(vmId: string): GuestChannel;
  /** The serial console: reads what the guest prints, writes what a person types. The caller ends it. */
  openConsole(vmId: string): Promise<Duplex>;
  /** The last that the guest printed on its console, 256 KiB at most; also of a VM that does not run any more. */
  readConsoleLog(vmId: string): Promise<string>;
  statistics(vmId: string): Promise<VmStatistics>;

  createVolume(spec: VolumeSpec): Promise<VolumeFacts>;
  /** Refuses with `volume_in_use` while it is attached. */
  destroyVolume(volumeId: string): Promise<void>;
  /**
   * Makes a running VM ready for a volume that it may get later, so that `attachVolume` takes moments. It attaches nothing:
   * until then nothing that the VM writes there is kept. Fine for one that has it, or does not run.
   */
  prepareVolume(vmId: string, volumeId: string): Promise<void>;
  /** Refuses with `volume_in_use` while another VM, running or not, has it. Inside the guest it is /dev/disk/by-id/virtio-<serial>. */
  attachVolume(vmId: string, volumeId: string): Promise<VolumeFacts>;
  detachVolume(vmId: string, volumeId: string): Promise<VolumeFacts>;
  /**
   * Takes a volume from a VM that was fenced, whose host need not answer. Fine when it is not attached to that VM.
   * The caller answers for the evidence; `volume_in_use` where the driver itself knows that the VM runs. One that goes on
   * unknown to the driver cannot write to it any more.
   */
  seizeVolume(vmId: string, volumeId: string, evidence: FenceEvidence): Promise<VolumeFacts>;
  listVolumes(): Promise<readonly VolumeFacts[]>;

  /** Makes sure that this VM can no longer act, and says how that is known. */
  fenceVm(vmId: string): Promise<FenceEvidence>;
  /** Fences every VM of a host. Throws `unreachable` when the host cannot be asked: then nothing is known. */
  fenceHost(hostId: string): Promise<FenceEvidence>;

  /** How this driver's machines can be hurt, to see what follows; null where they cannot. */
  readonly rehearsal: Rehearsal | null;
}

/** Which packets of a host or site are lost; what is within it still gets through. */
export type Cut = 'both' | 'incoming' | 'outgoing';

/**
 * Harm done on purpose. It lasts until it is made good, also over the end of this process. Repeated calls change nothing.
 */
export interface Rehearsal {
  /** Ends the VM as a crash would, behind the driver's back. Throws `wrong_state` when it does not run. */
  crashVm(vmId: string): Promise<void>;
  /**
   * Ends the application of a VM that is a member, which then stays down, and has it start again. Throws `wrong_state`
   * where none runs.
   */
  crashApplication(vmId: string): Promise<void>;
  startApplication(vmId: string): Promise<void>;
  /** Leaves no room on the VM's disk and data volumes, and gives it back. */
  fillDisk(vmId: string): Promise<void>;
  emptyDisk(vmId: string): Promise<void>;
  /** Off: every VM on the host ends at once, none starts, and it cannot be asked; that it is off can be proven. */
  setHostPower(hostId: string, power: 'on' | 'off'): Promise<void>;
  /** Cut: it goes on, and can be neither asked nor fenced. Null heals it. Throws `not_found`. */
  cutHost(hostId: string, cut: Cut | null): Promise<void>;
  /** Cuts a site from the other sites, the clients and this process; its hosts still reach each other. */
  cutSite(site: string, cut: Cut | null): Promise<void>;
}

/**
 * `awaited`: requests are held until its application runs. `serving`: clients are led to it. `standby`: it is being built or
 * kept ready. Each goes before those after it.
 */
export type VmPriority = 'awaited' | 'serving' | 'standby';

export interface StartOptions {
  readonly deadlineMs: number;
  /** `serving` where nothing is said: somebody waits for a VM that starts again. */
  readonly priority?: VmPriority;
}

export type Accelerator = 'kvm' | 'tcg' | 'simulated';

export interface HostFacts {
  /** Stable id, equal to the name in the embedded lab. */
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly capacity: Shape;
  readonly reachable: boolean;
  readonly accelerator: Accelerator;
}

export interface ImageSpec {
  /** Debian packages besides the base and the clustering process, sorted. */
  readonly packages: readonly string[];
}

export interface ImageFacts {
  /** What `ensureImage` gave: a hash of what it is made of. */
  readonly key: string;
  /** Everything that was asked for, the clustering process included. */
  readonly packages: readonly string[];
  /** Version of the guest's kernel; empty where there is none. */
  readonly kernel: string;
  /** What it takes on the disk. */
  readonly sizeBytes: number;
  readonly createdAt: Date;
  /** Ids of the VMs that were made of it. */
  readonly usedBy: readonly string[];
}

export interface VmSpec {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  readonly shape: Shape;
  /** From `ensureImage`. */
  readonly imageKey: string;
  readonly nic: NicSpec;
}

export interface NicSpec {
  /** Locally administered, unique. */
  readonly mac: string;
  readonly address: string;
  readonly prefixLength: number;
}

export type VmRunState = 'stopped' | 'starting' | 'running' | 'paused' | 'crashed' | 'unknown';

export interface VmFacts {
  readonly id: string;
  readonly name: string;
  readonly hostId: string;
  readonly state: VmRunState;
  readonly shape: Shape;
  readonly address: string;
  readonly mac: string;
  readonly accelerator: Accelerator;
  /** When the process that runs it started, as the operating system reports it; null when it does not run. */
  readonly startedAt: Date | null;
  /** When its process was found gone, with the best known time; null while it runs or before it first ran. */
  readonly endedAt: Date | null;
  /** Starts that failed their deadline and were tried again. */
  readonly bootRetries: number;
  /** How it came up: from the golden snapshot, or by a cold boot as fallback. */
  readonly startedFrom: 'snapshot' | 'cold' | null;
  readonly volumes: readonly string[];
}

export interface GuestChannel {
  /** Resolves when the guest's agent answers. */
  ping(options?: { readonly timeoutMs?: number }): Promise<void>;
  /** Runs a program (no shell). A non-zero exit code is a result, not an error. */
  exec(
    command: string,
    args?: readonly string[],
    options?: { readonly input?: string; readonly timeoutMs?: number },
  ): Promise<GuestExecResult>;
  /**
   * Runs a bash script as root without starting a program for it, one after another; it prints text. For what takes
   * moments: a script that waits keeps the others waiting.
   */
  run(script: string, options?: { readonly timeoutMs?: number }): Promise<GuestExecResult>;
  writeFile(path: string, content: string, options?: { readonly mode?: string }): Promise<void>;
  readFile(path: string): Promise<string>;
}

export interface GuestExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Measured from outside the guest, but for `memoryUsedMiB` which the balloon driver reports (null until it does). */
export interface VmStatistics {
  readonly at: Date;
  /** Cumulative CPU time of each vCPU thread, in milliseconds. */
  readonly vcpuTimesMs: readonly number[];
  readonly memoryTotalMiB: number;
  readonly memoryUsedMiB: number | null;
  /** Resident memory of the hypervisor's process. */
  readonly memoryResidentMiB: number;
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
  readonly diskReadBytes: number;
  readonly diskWrittenBytes: number;
}

export interface VolumeSpec {
  readonly id: string;
  readonly sizeGiB: number;
}

export interface VolumeFacts {
  readonly id: string;
  readonly sizeGiB: number;
  readonly attachedTo: string | null;
}

/** Proof that a VM or host can no longer act. */
export interface FenceEvidence {
  readonly subject: string;
  readonly at: Date;
  readonly method: FenceMethod;
  readonly detail: string;
}

/**
 * `process-gone`: the kernel says that no process of it is left. `confirmed-by-person`: somebody says that it is off,
 * where nothing could be asked.
 */
export type FenceMethod = 'process-gone' | 'never-started' | 'simulated' | 'confirmed-by-person';

export type HypervisorErrorCode =
  | 'not_found'
  | 'no_capacity'
  | 'already_exists'
  | 'volume_in_use'
  | 'wrong_state'
  | 'deadline'
  | 'unreachable'
  | 'image_missing'
  | 'guest_failed'
  | 'failed';

export class HypervisorError extends Error {
  readonly code: HypervisorErrorCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: HypervisorErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HypervisorError';
    this.code = code;
    this.retryable = options.retryable ?? (code === 'deadline' || code === 'unreachable' || code === 'guest_failed');
  }
}
