import type { Durations } from './durations';
import { canTalk, clientsReach, isAlive, type MemberVm, packetArrives } from './network';
import type { SilenceCause, WorldState } from './state';

/** The next change of who holds the VIP that follows from what the members hear. */
export interface Transition {
  readonly atMs: number;
  /** `deafen`: it stands for the VIP no more, because it can converse with nobody. */
  readonly kind: 'take' | 'give' | 'deafen';
  readonly vmId: string;
}

export const priorityOf = (vm: MemberVm): number => vm.member.view.members.find((m) => m.vmId === vm.id)?.priority ?? 0;

const addressNumber = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0);

/** RFC 5798, 6.4.3: the higher priority wins; between equals, the higher address. */
export const isBetter = (a: MemberVm, b: MemberVm): boolean => {
  const difference = priorityOf(a) - priorityOf(b);
  return difference === 0 ? addressNumber(a.nic.address) > addressNumber(b.nic.address) : difference > 0;
};

export const isHolder = (vm: MemberVm): boolean => isAlive(vm) && vm.member.vrrp === 'master';

/** Adverts go by multicast: a member hears all to whom the network leads, even before anybody was told of it. */
export const hears = (state: WorldState, listener: MemberVm, speaker: MemberVm): boolean =>
  packetArrives(state, speaker, listener);

/** Whether a member reaches nobody: none of the others, of which there are some, and no client. */
const isCutOff = (state: WorldState, vm: MemberVm): boolean => {
  if (!isAlive(vm) || vm.member.proxy === 'down' || clientsReach(state, vm)) return false;
  const others = vm.member.view.members.filter(({ vmId }) => vmId !== vm.id);
  return (
    others.length > 0 &&
    others.every(({ vmId }) => {
      const other = state.vms.get(vmId);
      return !(isAlive(other) && other.member?.proxy === 'up' && canTalk(state, vm, other));
    })
  );
};

const noteCutOff = (state: WorldState, vm: MemberVm, nowMs: number): void => {
  const { member } = vm;
  member.cutOffSinceMs = isCutOff(state, vm) ? (member.cutOffSinceMs ?? nowMs) : null;
  if (member.cutOffSinceMs !== null || !member.deaf) return;
  member.deaf = false;
  if (member.vrrp === 'fault' && member.standing) member.vrrp = 'backup';
};

/** Brings up to date since when each member has heard no holder, or a better one than itself. */
export const listen = (state: WorldState, members: readonly MemberVm[], nowMs: number, cause: SilenceCause): void => {
  for (const vm of members) noteCutOff(state, vm, nowMs);
  const holders = members.filter(isHolder);
  for (const vm of members) {
    const { member } = vm;
    const stands = isAlive(vm) && member.standing && member.vrrp === 'backup';
    if (!stands || holders.some((h) => hears(state, vm, h))) {
      member.silentSinceMs = null;
    } else if (member.silentSinceMs === null) {
      member.silentSinceMs = nowMs;
      member.silentBecause = cause;
    }
    const isOutbid = isHolder(vm) && holders.some((h) => h !== vm && hears(state, vm, h) && isBetter(h, vm));
    member.outbidSinceMs = isOutbid ? (member.outbidSinceMs ?? nowMs) : null;
  }
};

/**
 * VRRP without pre-emption: a member takes the VIP when it has heard no holder for long enough, the best one first
 * (its skew time is the shortest); of two holders that hear each other the lesser one gives way after one advert. Who
 * reaches nobody gives up by itself.
 */
export const nextTransition = (members: readonly MemberVm[], durations: Durations): Transition | null => {
  let next: { transition: Transition; vm: MemberVm } | null = null;
  const offer = (vm: MemberVm, kind: Transition['kind'], atMs: number) => {
    const wins =
      next === null ||
      atMs < next.transition.atMs ||
      (atMs === next.transition.atMs && next.transition.kind === kind && isBetter(vm, next.vm));
    if (wins) next = { transition: { atMs, kind, vmId: vm.id }, vm };
  };
  for (const vm of members) {
    const { silentSinceMs, silentBecause, outbidSinceMs, cutOffSinceMs, deaf } = vm.member;
    if (cutOffSinceMs !== null && !deaf) offer(vm, 'deafen', cutOffSinceMs + durations.deafMs);
    if (outbidSinceMs !== null) offer(vm, 'give', outbidSinceMs + durations.advertMs);
    if (silentSinceMs !== null) {
      offer(
        vm,
        'take',
        silentSinceMs + (silentBecause === 'handed-over' ? durations.plannedMoveMs : durations.takeOverMs),
      );
    }
  }
  return (next as { transition: Transition } | null)?.transition ?? null;
};
