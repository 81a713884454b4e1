import type { HypervisorErrorCode } from '@/lib/hypervisors/types';

/** Calls of the three contracts that can be made to fail or to take long. */
export const CALL_KINDS = [
  'ensureImage',
  'create',
  'start',
  'stop',
  'kill',
  'pause',
  'resume',
  'destroy',
  'guest',
  'console',
  'statistics',
  'createVolume',
  'prepareVolume',
  'setPriority',
  'destroyVolume',
  'attach',
  'detach',
  'fence',
  'install',
  'configure',
  'status',
  'yieldVip',
  'stand',
  'hold',
  'stopApplication',
  'startApplication',
  'mount',
  'unmount',
  'leave',
  'publish',
  'unpublish',
  'probe',
] as const;
export type CallKind = (typeof CALL_KINDS)[number];

export interface FailOptions {
  readonly times?: number;
  readonly code?: HypervisorErrorCode;
  readonly message?: string;
  /** Only calls about this VM, volume, host or cluster. */
  readonly subject?: string;
  /** `after`: the work is done and only its answer is lost. */
  readonly when?: 'before' | 'after';
}

export interface CutOptions {
  /** What of the traffic of guests and clients is lost. */
  readonly traffic?: 'both' | 'incoming' | 'outgoing' | 'none';
  /** Whether the hypervisor on the host cannot be asked either. */
  readonly management?: boolean;
  /** Whether the host's power can still be cut, and seen to be cut. */
  readonly powerController?: boolean;
}

/** Everything that can be made to go wrong in the simulated world. What is unknown throws `not_found`. */
export interface Faults {
  /** The next calls of this kind fail: once, before anything is done, with `failed`, unless told otherwise. */
  failNext(kind: CallKind, options?: FailOptions): void;
  /** The next calls of this kind take this much longer. */
  slowNext(kind: CallKind, extraMs: number, options?: { readonly times?: number; readonly subject?: string }): void;
  /** Forgets the failures and delays that have not been met yet. */
  clearCalls(): void;

  crashVm(vmId: string): void;
  /** The guest stops computing and is not ended: it neither answers nor gives anything up. */
  hangVm(vmId: string): void;
  unhangVm(vmId: string): void;
  fillDisk(vmId: string): void;
  emptyDisk(vmId: string): void;
  crashApplication(vmId: string): void;
  restartApplication(vmId: string): void;
  /** Connections of its clients never close, so that a drain never ends. */
  setNeverDrains(vmId: string, neverDrains: boolean): void;

  /** Every VM on it ends at once. */
  powerOffHost(hostId: string): void;
  /** Its VMs stay ended until they are started. */
  powerOnHost(hostId: string): void;
  /** Cuts everything, both ways, the power controller included, unless told otherwise. VMs on it go on. */
  cutHost(hostId: string, options?: CutOptions): void;
  healHost(hostId: string): void;
  /** Cuts every host of a site from the other sites, the clients and the hypervisor's process; they reach each other. */
  cutSite(site: string, traffic?: 'both' | 'incoming' | 'outgoing'): void;
  healSite(site: string): void;
  /** Whether orders to fence this host, or a VM on it, are answered. */
  setFenceAcknowledged(hostId: string, acknowledged: boolean): void;
}
