import type { Durations } from './durations';
import { listen, nextTransition, type Transition } from './election';
import { establishedConnections, meterCluster, meterVm, serverLoads } from './figures';
import { countLoad } from './load';
import { isAlive, isMemberOf, type MemberVm } from './network';
import { nextNotice, noticeDeadMembers, routeRequests } from './routing';
import type { Epoch, SilenceCause, SimCluster, SimVm, WorldState } from './state';

/** Stretches of history kept for each cluster; receipts older than the oldest start there. */
const EPOCHS_MAX = 2_000;
const LOG_LINES_MAX = 200;

/** A cluster in the world, with what its course depends on. `vmIds` is the index of its members. */
export interface ClusterScope {
  readonly state: WorldState;
  readonly durations: Durations;
  readonly cluster: SimCluster;
  readonly vmIds: ReadonlySet<string>;
}

export const membersIn = (scope: ClusterScope): readonly MemberVm[] => {
  const members: MemberVm[] = [];
  for (const id of scope.vmIds) {
    const vm = scope.state.vms.get(id);
    if (isMemberOf(vm, scope.cluster.id)) members.push(vm);
  }
  return members;
};

export const currentEpoch = (cluster: SimCluster): Epoch => {
  const epoch = cluster.epochs.at(-1);
  if (epoch === undefined) throw new Error(`The simulated cluster ${cluster.id} has no history.`);
  return epoch;
};

export const writeLog = (vm: MemberVm, atMs: number, line: string): void => {
  vm.member.log.push(`${new Date(atMs).toISOString()} ${line}`);
  if (vm.member.log.length > LOG_LINES_MAX) vm.member.log.splice(0, vm.member.log.length - LOG_LINES_MAX);
};

/** Connections left on a member that is dealt no new ones: slow streams end one after the other. */
export const leftoverAt = (vm: MemberVm, atMs: number, durations: Durations): number => {
  const { leftover } = vm.member;
  if (vm.neverDrains) return Math.max(1, leftover?.count ?? 1);
  if (leftover === null) return 0;
  return Math.ceil(leftover.count * Math.max(0, 1 - (atMs - leftover.sinceMs) / durations.streamMs));
};

export const connectionsAt = (scope: ClusterScope, vm: MemberVm, atMs: number): number => {
  if (!isAlive(vm) || vm.member.proxy === 'down') return 0;
  const load = serverLoads(scope.cluster, currentEpoch(scope.cluster), atMs).find((l) => l.served.vmId === vm.id);
  return load === undefined ? leftoverAt(vm, atMs, scope.durations) : establishedConnections(scope.cluster, load, atMs);
};

const sameEpoch = (a: Epoch, b: Epoch): boolean =>
  a.waiting === b.waiting &&
  a.failed === b.failed &&
  a.holders.join() === b.holders.join() &&
  a.servers.length === b.servers.length &&
  a.servers.every((s, i) => s.vmId === b.servers[i]?.vmId && s.share === b.servers[i]?.share) &&
  a.failing.length === b.failing.length &&
  a.failing.every((f, i) => f.cause === b.failing[i]?.cause && f.node === b.failing[i]?.node);

/** Adds up every figure until a time under the epoch that holds. */
export const meterUntil = (scope: ClusterScope, atMs: number): void => {
  const { cluster } = scope;
  const epoch = currentEpoch(cluster);
  for (const vm of membersIn(scope)) meterVm(vm, cluster, epoch, atMs);
  meterCluster(cluster, epoch, atMs);
  countLoad(cluster, epoch, atMs, scope.durations);
};

/** Streams end badly with the VM they go through; they stay, and end by themselves, on one that only drains. */
const moveConnections = (
  scope: ClusterScope,
  before: Epoch,
  after: Epoch,
  connections: Map<string, number>,
  atMs: number,
) => {
  for (const vm of membersIn(scope)) {
    const had = connections.get(vm.id) ?? 0;
    const isServing = after.servers.some((s) => s.vmId === vm.id);
    if (!isAlive(vm) || vm.member.proxy === 'down') {
      const streams = Math.min(had, scope.cluster.load?.spec.slowStreams ?? 0);
      if (scope.cluster.load?.endedAtMs === null && vm.run !== 'paused') scope.cluster.load.brokenStreams += streams;
      if (vm.run !== 'paused') vm.member.leftover = null;
    } else if (isServing) {
      vm.member.leftover = null;
    } else if (before.servers.some((s) => s.vmId === vm.id)) {
      vm.member.leftover = { count: had, sinceMs: atMs };
    }
  }
};

const refresh = (scope: ClusterScope, atMs: number, cause: SilenceCause, connections: Map<string, number>): void => {
  const { state, cluster, durations } = scope;
  const members = membersIn(scope);
  listen(state, members, atMs, cause);
  noticeDeadMembers(state, cluster, members, atMs);
  const before = currentEpoch(cluster);
  const after = routeRequests(state, cluster, members, atMs, durations);
  moveConnections(scope, before, after, connections, atMs);
  cluster.settledMs = atMs;
  if (sameEpoch(before, after)) return;
  if (before.atMs === atMs) cluster.epochs.pop();
  cluster.epochs.push(after);
  if (cluster.epochs.length > EPOCHS_MAX) cluster.epochs.splice(0, cluster.epochs.length - EPOCHS_MAX);
};

const connectionsOf = (scope: ClusterScope, atMs: number): Map<string, number> =>
  new Map(membersIn(scope).map((vm) => [vm.id, connectionsAt(scope, vm, atMs)]));

const STATE_AFTER = { take: 'master', give: 'backup', deafen: 'fault' } as const;

const applyTransition = (vm: SimVm | undefined, kind: Transition['kind'], atMs: number): void => {
  if (vm?.member == null) return;
  const { member } = vm;
  if (kind === 'deafen') member.deaf = true;
  // One that stands no more, and one whose clustering process ended, stays as it is.
  if (kind === 'deafen' && !['master', 'backup'].includes(member.vrrp)) return;
  member.vrrp = STATE_AFTER[kind];
  writeLog({ ...vm, member }, atMs, `Keepalived_vrrp: Entering ${member.vrrp.toUpperCase()} STATE`);
};

/**
 * Works out everything that followed by itself until a time: who took the VIP, who gave way, which dead members were
 * noticed. Each change is made at its own time, so it does not matter how late this is called.
 */
export const settleCluster = (scope: ClusterScope, nowMs: number): void => {
  for (;;) {
    const transition = nextTransition(membersIn(scope), scope.durations);
    const noticeMs = nextNotice(scope.cluster, scope.cluster.settledMs, scope.durations);
    const dueMs = Math.min(transition?.atMs ?? Number.POSITIVE_INFINITY, noticeMs ?? Number.POSITIVE_INFINITY);
    if (dueMs > nowMs) return;
    const atMs = Math.max(dueMs, scope.cluster.settledMs);
    meterUntil(scope, atMs);
    const connections = connectionsOf(scope, atMs);
    if (transition !== null && transition.atMs === dueMs) {
      applyTransition(scope.state.vms.get(transition.vmId), transition.kind, atMs);
    }
    refresh(scope, atMs, transition?.kind === 'deafen' ? 'handed-over' : 'lost', connections);
  }
};

/** Makes a change at a time, after everything that was due before it, and works out what it means. */
export const changeCluster = <T>(scope: ClusterScope, atMs: number, cause: SilenceCause, change: () => T): T => {
  settleCluster(scope, atMs);
  meterUntil(scope, atMs);
  const connections = connectionsOf(scope, atMs);
  const result = change();
  refresh(scope, atMs, cause, connections);
  return result;
};
