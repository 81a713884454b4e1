import type { Durations } from './durations';
import { isHolder } from './election';
import { canTalk, clientsReach, isAlive, isMemberOf, type MemberVm } from './network';
import type { Epoch, Failing, Served, SimCluster, WorldState } from './state';

const serves = (vm: MemberVm): boolean => isAlive(vm) && vm.member.proxy === 'up';

const drains = (seenBy: MemberVm, vmId: string): boolean =>
  seenBy.member.view.members.find((m) => m.vmId === vmId)?.draining ?? false;

/** The applications that a member's proxy hands a request to: its own, or else those of its peers. */
const applicationsFor = (state: WorldState, cluster: SimCluster, vm: MemberVm): readonly MemberVm[] => {
  if (vm.member.application === 'up' && !drains(vm, vm.id)) return [vm];
  return vm.member.view.members
    .filter((m) => m.vmId !== vm.id && !m.draining)
    .map((m) => state.vms.get(m.vmId))
    .filter((peer) => isMemberOf(peer, cluster.id))
    .filter((peer) => isAlive(peer) && peer.member.application === 'up' && canTalk(state, vm, peer));
};

interface Share {
  readonly servers: Map<string, Served>;
  readonly failing: Failing[];
  waiting: number;
}

const dealFrom = (
  state: WorldState,
  cluster: SimCluster,
  holder: MemberVm,
  part: number,
  nowMs: number,
  durations: Durations,
  share: Share,
): void => {
  const dealt: { readonly vm: MemberVm | null; readonly name: string; readonly weight: number }[] = [];
  for (const entry of holder.member.view.members) {
    if (entry.weight <= 0) continue;
    const vm = state.vms.get(entry.vmId);
    if (isMemberOf(vm, cluster.id) && serves(vm) && canTalk(state, holder, vm)) {
      dealt.push({ vm, name: entry.name, weight: entry.weight });
    } else if (nowMs < (cluster.deadSinceMs[entry.vmId] ?? nowMs) + durations.deadMemberMs) {
      dealt.push({ vm: null, name: entry.name, weight: entry.weight });
    }
  }
  const total = dealt.reduce((sum, d) => sum + d.weight, 0);
  if (total === 0) share.failing.push({ cause: 'no-member', node: holder.name, share: part });
  for (const { vm, name, weight } of dealt) {
    const piece = (part * weight) / total;
    if (vm === null) share.failing.push({ cause: 'silent-member', node: name, share: piece });
    else if (vm.member.held) share.waiting += piece;
    else {
      const targets = applicationsFor(state, cluster, vm);
      if (targets.length === 0) share.failing.push({ cause: 'no-application', node: name, share: piece });
      for (const target of targets) {
        const before = share.servers.get(target.id)?.share ?? 0;
        share.servers.set(target.id, {
          vmId: target.id,
          name: target.name,
          vcpus: target.shape.vcpus,
          share: before + piece / targets.length,
        });
      }
    }
  }
};

/**
 * What happens to a request at this moment. Requests that find no holder wait while the VIP is being handed over, as
 * the old holder's last connections do, and fail while it is lost. Where two holders are reached (they do not hear
 * each other), each gets half.
 */
export const routeRequests = (
  state: WorldState,
  cluster: SimCluster,
  members: readonly MemberVm[],
  nowMs: number,
  durations: Durations,
): Epoch => {
  const holders = members.filter((vm) => isHolder(vm) && clientsReach(state, vm));
  const share: Share = { servers: new Map(), failing: [], waiting: 0 };
  if (holders.length === 0) {
    const isHandedOver = members.some(
      (vm) => vm.member.silentSinceMs !== null && vm.member.silentBecause === 'handed-over',
    );
    if (isHandedOver) share.waiting = 1;
    else share.failing.push({ cause: 'no-holder', node: null, share: 1 });
  }
  for (const holder of holders) dealFrom(state, cluster, holder, 1 / holders.length, nowMs, durations, share);
  return {
    atMs: nowMs,
    holders: holders.map((h) => h.id),
    servers: [...share.servers.values()],
    waiting: share.waiting,
    failed: share.failing.reduce((sum, piece) => sum + piece.share, 0),
    failing: share.failing,
  };
};

/** Members that a holder would deal requests to and that do not serve: since when, and until when it goes unnoticed. */
export const noticeDeadMembers = (
  state: WorldState,
  cluster: SimCluster,
  members: readonly MemberVm[],
  nowMs: number,
): void => {
  const dead: Record<string, number> = {};
  for (const director of members) {
    if (!isAlive(director) || director.member.vrrp === 'stopped' || !clientsReach(state, director)) continue;
    for (const entry of director.member.view.members) {
      if (entry.weight <= 0 || entry.vmId in dead) continue;
      const vm = state.vms.get(entry.vmId);
      const isServing = isMemberOf(vm, cluster.id) && serves(vm) && canTalk(state, director, vm);
      if (!isServing) dead[entry.vmId] = cluster.deadSinceMs[entry.vmId] ?? nowMs;
    }
  }
  cluster.deadSinceMs = dead;
};

/** When the next dead member is noticed after `nowMs`. */
export const nextNotice = (cluster: SimCluster, nowMs: number, durations: Durations): number | null => {
  let next: number | null = null;
  for (const sinceMs of Object.values(cluster.deadSinceMs)) {
    const atMs = sinceMs + durations.deadMemberMs;
    if (atMs > nowMs && (next === null || atMs < next)) next = atMs;
  }
  return next;
};
