import type { SimHost, SimMember, SimVm, WorldState } from './state';

/** A VM that computes: it runs and is not paused. */
export const isAlive = (vm: SimVm | undefined): vm is SimVm => vm?.run === 'running';

export type MemberVm = SimVm & { readonly member: SimMember };

export const isMemberOf = (vm: SimVm | undefined, clusterId: string): vm is MemberVm =>
  vm?.member?.clusterId === clusterId;

export const hostOf = (state: WorldState, vm: SimVm): SimHost => {
  const host = state.hosts.get(vm.hostId);
  if (host === undefined) throw new Error(`The simulated world has no host ${vm.hostId}.`);
  return host;
};

/** Whether a packet of one VM arrives at another. VMs of one host need no network between hosts. */
export const packetArrives = (state: WorldState, from: SimVm, to: SimVm): boolean => {
  if (from.hostId === to.hostId) return true;
  const [a, b] = [hostOf(state, from), hostOf(state, to)];
  return a.outgoing && b.incoming && (a.site === b.site || (a.siteOutgoing && b.siteIncoming));
};

/** Whether a VM and another can hold a conversation. */
export const canTalk = (state: WorldState, a: SimVm, b: SimVm): boolean =>
  packetArrives(state, a, b) && packetArrives(state, b, a);

/** Whether clients, who stand outside of every host, can hold a conversation with a VM. */
export const clientsReach = (state: WorldState, vm: SimVm): boolean => {
  const host = hostOf(state, vm);
  return host.incoming && host.outgoing && host.siteIncoming && host.siteOutgoing;
};

/** Whether the hypervisor on a host can be asked. */
export const canBeManaged = (host: SimHost): boolean => host.power === 'on' && host.management && host.siteManagement;
