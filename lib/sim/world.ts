import { type Clock, systemClock } from '@/lib/clock';
import { HypervisorError } from '@/lib/hypervisors/types';
import { CallFaults } from './call-faults';
import { type ClusterScope, changeCluster, membersIn, settleCluster } from './cluster-time';
import { seededDemand } from './demand';
import { DEFAULT_DURATIONS, type Durations } from './durations';
import type { CallKind, Faults } from './faults';
import { meterVm } from './figures';
import { DEFAULT_LAB, type HostSpec, newHost } from './lab';
import { bringUp } from './processes';
import type { Demand, SilenceCause, SimCluster, SimHost, SimVm, SimVolume, WorldState } from './state';
import { fileStore, memoryStore, type WorldStore } from './store';
import { createFaults } from './world-faults';

export interface WorldOptions {
  readonly clock?: Clock;
  readonly seed?: number;
  /** Hosts of a new world; a stored one keeps its own. */
  readonly lab?: readonly HostSpec[];
  readonly durations?: Partial<Durations>;
  /** File that keeps the world; without one it ends with the process. */
  readonly file?: string;
  /** What clients ask of a new cluster, besides the prober and the load generator. */
  readonly demand?: (clusterId: string) => Demand;
}

/** Calls that change nothing that a stored world could not work out again. */
const READS: ReadonlySet<CallKind> = new Set(['console', 'statistics', 'status', 'probe']);

/**
 * The simulated world: hosts, VMs, volumes, clusters and clients. Nothing in it ticks: whatever happens by itself is
 * worked out, at its own time, when someone looks. Ten thousand idle VMs therefore cost nothing, and a world that was
 * stored has gone on when it is opened again.
 */
export class World {
  readonly clock: Clock;
  readonly durations: Durations;
  readonly faults: Faults;
  readonly #seed: number;
  readonly #lab: readonly HostSpec[];
  readonly #demand: ((clusterId: string) => Demand) | null;
  readonly #store: WorldStore;
  readonly #callFaults = new CallFaults();
  readonly #vmsByHost = new Map<string, Set<string>>();
  readonly #vmsByCluster = new Map<string, Set<string>>();
  readonly #vmByAddress = new Map<string, string>();
  #state: WorldState;
  #opened: Promise<void> | null = null;

  constructor(options: WorldOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.durations = { ...DEFAULT_DURATIONS, ...options.durations };
    this.#seed = options.seed ?? 1;
    this.#lab = options.lab ?? DEFAULT_LAB;
    this.#demand = options.demand ?? null;
    this.#store = options.file === undefined ? memoryStore : fileStore(options.file);
    this.#state = this.#newState();
    this.faults = createFaults(this, this.#callFaults);
  }

  /** Reads the stored world, once. Every call on a driver waits for it. */
  open(): Promise<void> {
    this.#opened ??= this.#store.load().then((stored) => {
      if (stored === null) return;
      this.#state = stored;
      for (const vm of stored.vms.values()) this.#index(vm);
    });
    return this.#opened;
  }

  /** Resolves when everything that was changed before this call is stored. */
  save(): Promise<void> {
    return this.#store.save(this.#state);
  }

  /** Whether the store is at work. Virtual time must stand still meanwhile: the disk knows only the real one. */
  get isStoring(): boolean {
    return this.#store.pending > 0;
  }

  /** Back to empty hosts. */
  async clear(): Promise<void> {
    this.#state = this.#newState();
    this.#vmsByHost.clear();
    this.#vmsByCluster.clear();
    this.#vmByAddress.clear();
    await this.#store.clear();
  }

  get state(): WorldState {
    return this.#state;
  }

  nowMs(): number {
    return this.clock.now().getTime();
  }

  /**
   * One call on the world from outside: it takes its time, meets the faults that are planned for it, and what it
   * changed is stored before it answers.
   */
  async perform<T>(kind: CallKind, subject: string, tookMs: number, act: () => T | Promise<T>): Promise<T> {
    await this.open();
    const totalMs = tookMs + this.#callFaults.takeDelayMs(kind, subject);
    this.#callFaults.throwIfPlanned(kind, subject, 'before');
    if (totalMs > 0) await this.clock.sleep(totalMs);
    try {
      const result = await act();
      this.#callFaults.throwIfPlanned(kind, subject, 'after');
      return result;
    } finally {
      if (!READS.has(kind)) await this.save();
    }
  }

  getHost(hostId: string): SimHost {
    const host = this.#state.hosts.get(hostId);
    if (host === undefined) throw new HypervisorError('not_found', `There is no host ${hostId}.`);
    return host;
  }

  getVm(vmId: string): SimVm {
    const vm = this.findVm(vmId);
    if (vm === null) throw new HypervisorError('not_found', `There is no VM ${vmId}.`);
    return vm;
  }

  /** The VM as it is now: one whose start has ended meanwhile runs. */
  findVm(vmId: string): SimVm | null {
    const vm = this.#state.vms.get(vmId);
    if (vm === undefined) return null;
    this.#settleStart(vm);
    return vm;
  }

  getVolume(volumeId: string): SimVolume {
    const volume = this.#state.volumes.get(volumeId);
    if (volume === undefined) throw new HypervisorError('not_found', `There is no volume ${volumeId}.`);
    return volume;
  }

  findVmByAddress(address: string): SimVm | null {
    const vmId = this.#vmByAddress.get(address);
    return vmId === undefined ? null : this.findVm(vmId);
  }

  vmsOn(hostId: string): readonly SimVm[] {
    return [...(this.#vmsByHost.get(hostId) ?? [])].map((id) => this.getVm(id));
  }

  addVm(vm: SimVm): void {
    this.#state.vms.set(vm.id, vm);
    this.#index(vm);
  }

  removeVm(vm: SimVm): void {
    this.changeVm(vm, 'lost', () => {
      this.#state.vms.delete(vm.id);
    });
    this.#vmsByHost.get(vm.hostId)?.delete(vm.id);
    this.#vmByAddress.delete(vm.nic.address);
    if (vm.member !== null) this.#vmsByCluster.get(vm.member.clusterId)?.delete(vm.id);
  }

  /** The cluster, made when it is first spoken of, with everything worked out until now. */
  cluster(clusterId: string): SimCluster {
    return this.scope(clusterId).cluster;
  }

  findCluster(clusterId: string): SimCluster | null {
    return this.#state.clusters.has(clusterId) ? this.cluster(clusterId) : null;
  }

  scope(clusterId: string): ClusterScope {
    const scope = this.#scopeOf(clusterId);
    for (const vm of membersIn(scope)) this.#settleStart(vm);
    settleCluster(scope, this.nowMs());
    return scope;
  }

  /** Forgets a cluster that is neither published nor has members. */
  forgetIfEmpty(clusterId: string): void {
    const cluster = this.#state.clusters.get(clusterId);
    if (cluster === undefined || cluster.published !== null || (this.#vmsByCluster.get(clusterId)?.size ?? 0) > 0)
      return;
    this.#state.clusters.delete(clusterId);
    this.#vmsByCluster.delete(clusterId);
  }

  changeCluster<T>(clusterId: string, cause: SilenceCause, change: () => T): T {
    return changeCluster(this.scope(clusterId), this.nowMs(), cause, change);
  }

  /** Changes a VM; what that means for its cluster follows. `cause`: how the others learn of it if it held the VIP. */
  changeVm<T>(vm: SimVm, cause: SilenceCause, change: () => T): T {
    if (vm.member !== null) return this.changeCluster(vm.member.clusterId, cause, change);
    meterVm(vm, null, null, this.nowMs());
    return change();
  }

  /** A change that reaches every VM of a host, such as a power cut. */
  changeHost(host: SimHost, change: () => void): void {
    const vms = this.vmsOn(host.id);
    const clusterIds = [...new Set(vms.flatMap((vm) => (vm.member === null ? [] : [vm.member.clusterId])))];
    for (const vm of vms) if (vm.member === null) meterVm(vm, null, null, this.nowMs());
    let isDone = false;
    const changeOnce = () => {
      if (!isDone) change();
      isDone = true;
    };
    for (const clusterId of clusterIds) this.scope(clusterId);
    for (const clusterId of clusterIds) this.changeCluster(clusterId, 'lost', changeOnce);
    changeOnce();
  }

  /** Makes a VM known as a member; the caller sets `vm.member` within `changeCluster`. */
  enlist(clusterId: string, vmId: string): void {
    this.#scopeOf(clusterId);
    this.#vmsByCluster.get(clusterId)?.add(vmId);
  }

  setDemand(clusterId: string, demand: Demand): void {
    this.changeCluster(clusterId, 'lost', () => {
      this.cluster(clusterId).demand = demand;
    });
  }

  #scopeOf(clusterId: string): ClusterScope {
    const nowMs = this.nowMs();
    let cluster = this.#state.clusters.get(clusterId);
    if (cluster === undefined) {
      cluster = {
        id: clusterId,
        epochs: [
          {
            atMs: nowMs,
            holders: [],
            servers: [],
            waiting: 0,
            failed: 1,
            failing: [{ cause: 'no-holder', node: null, share: 1 }],
          },
        ],
        settledMs: nowMs,
        deadSinceMs: {},
        published: null,
        demand: this.#demand?.(clusterId) ?? seededDemand(this.#seed, clusterId),
        load: null,
        meters: { atMs: nowMs, requests: 0, errors: 0 },
      };
      this.#state.clusters.set(clusterId, cluster);
    }
    let vmIds = this.#vmsByCluster.get(clusterId);
    if (vmIds === undefined) {
      vmIds = new Set();
      this.#vmsByCluster.set(clusterId, vmIds);
    }
    return { state: this.#state, durations: this.durations, cluster, vmIds };
  }

  #settleStart(vm: SimVm): void {
    if (vm.run !== 'starting' || vm.readyAtMs === null || vm.readyAtMs > this.nowMs()) return;
    const readyAtMs = vm.readyAtMs;
    if (vm.member === null) bringUp(vm);
    else {
      const scope = this.#scopeOf(vm.member.clusterId);
      // A cluster that was looked at after the VM was ready, and before it was asked for, has moved on already.
      changeCluster(scope, Math.max(readyAtMs, scope.cluster.settledMs), 'lost', () => bringUp(vm));
    }
  }

  #index(vm: SimVm): void {
    const onHost = this.#vmsByHost.get(vm.hostId) ?? new Set();
    this.#vmsByHost.set(vm.hostId, onHost.add(vm.id));
    this.#vmByAddress.set(vm.nic.address, vm.id);
    if (vm.member === null) return;
    const inCluster = this.#vmsByCluster.get(vm.member.clusterId) ?? new Set();
    this.#vmsByCluster.set(vm.member.clusterId, inCluster.add(vm.id));
  }

  #newState(): WorldState {
    return {
      seed: this.#seed,
      hosts: new Map(this.#lab.map((spec) => [spec.name, newHost(spec)])),
      vms: new Map(),
      volumes: new Map(),
      clusters: new Map(),
      images: new Map(),
    };
  }
}

export const createWorld = (options: WorldOptions = {}): World => new World(options);
