import type { FailoverMode } from '../requirements';
import { type Change, planChange } from './change';
import { isDead, type Member, membersOf } from './members';
import { type ObservedCluster, type PlanResult, refuse } from './types';

export interface FailoverRequest {
  /** A node's name. */
  readonly from: string;
  /** A spare's name, or a host's to build the new VM there. */
  readonly to?: string;
  readonly mode?: FailoverMode;
}

/** Replaces one node by a spare, or by a new VM of the required shape, on a given host where one is named. */
export function planFailover(observed: ObservedCluster, request: FailoverRequest): PlanResult {
  const members = membersOf(observed);
  const from = members.find((m) => m.vm.role === 'node' && m.vm.name === request.from);
  if (from === undefined) {
    return refuse('not_found', `${observed.name} has no node ${request.from}.`, {
      fields: [{ field: 'from', message: `No node of ${observed.name} has this name.` }],
    });
  }
  const { to } = request;
  const spare = members.find((m) => m.vm.role === 'spare' && m.vm.name === to);
  const host = observed.inventory.hosts.find((h) => h.name === to);
  if (to !== undefined && spare === undefined && host === undefined) {
    return refuse('impossible', `${to} is neither a spare of ${observed.name} nor a host.`, {
      fields: [{ field: 'to', message: 'Give the name of a spare or of a host.' }],
    });
  }
  const preferences = {
    mode: request.mode,
    ...(host === undefined ? {} : { hosts: [host.name] }),
    ...(spare === undefined ? {} : { pairing: [{ from: from.vm.name, to: spare.vm.name }] }),
  };
  const useSpares = host === undefined;
  return planChange(
    observed,
    replaceMembers(observed, host === undefined ? 'failover' : 'migrate', [from], preferences, { useSpares }),
  );
}

/** Replaces nodes that failed, spares first, and spares that are lost; by name, all at once. */
export const planRecover = (observed: ObservedCluster, names: readonly string[]): PlanResult => {
  const gone = membersOf(observed).filter((m) => names.includes(m.vm.name));
  const missing = names.find((name) => gone.every((m) => m.vm.name !== name));
  if (missing !== undefined) return refuse('not_found', `${observed.name} has no VM ${missing}.`);
  return planChange(observed, replaceMembers(observed, 'replace', gone, {}, { useSpares: true }));
};

/** Moves what one cluster has on a host to other hosts. */
export function planEvacuate(observed: ObservedCluster, hostId: string): PlanResult {
  const here = membersOf(observed).filter((m) => m.host.id === hostId);
  if (here.length === 0) return refuse('impossible', `${observed.name} has nothing on this host.`);
  return planChange(
    observed,
    replaceMembers(observed, 'evacuate', here, {}, { useSpares: false, avoid: new Set([hostId]) }),
  );
}

function replaceMembers(
  observed: ObservedCluster,
  kind: Change['kind'],
  gone: readonly Member[],
  preferences: Change['preferences'],
  options: { readonly useSpares: boolean; readonly avoid?: ReadonlySet<string> },
): Change {
  const members = membersOf(observed);
  const goes = gone.filter((m) => m.vm.role === 'node');
  const sparesGone = gone.filter((m) => m.vm.role === 'spare');
  const isReady = (m: Member): boolean =>
    m.vm.role === 'spare' && !sparesGone.includes(m) && !isDead(m) && m.host.state === 'up';
  const ready = options.useSpares ? members.filter(isReady) : [];
  const named = ready.filter((m) => preferences.pairing?.some((p) => p.to === m.vm.name));
  const taken = [...named, ...ready.filter((m) => !named.includes(m))].slice(0, goes.length);
  return {
    kind,
    after: observed.requirements,
    keeps: members.filter((m) => !gone.includes(m) && !taken.includes(m)),
    goes,
    wantedNodes: goes.length,
    sparesGo: [...sparesGone, ...taken],
    wantedSpares: sparesGone.length + taken.length,
    preferences,
    avoid: options.avoid,
  };
}
