import { place, withReservations } from '../placement/place';
import type { OperationKind, PlannedVm } from '../plan';
import type { ChangePreferences, FailoverMode, Requirements } from '../requirements';
import { describeShape, sameShape } from '../shape';
import { assemble, type Incoming, plannedVm, type Replacement } from './assemble';
import { checkRequirements } from './check-requirements';
import { isDead, type Member, membersOf, outgoing } from './members';
import { pairUp } from './pairing';
import { type ObservedCluster, type PlanResult, type Refusal, refuse } from './types';

/** What a change is made of before places are looked for. */
export interface Change {
  readonly kind: OperationKind;
  readonly after: Requirements;
  readonly keeps: readonly Member[];
  /** Nodes that go, in the order in which they are replaced. */
  readonly goes: readonly Member[];
  /** New nodes wanted in all; the first ones succeed those that go. */
  readonly wantedNodes: number;
  readonly sparesGo: readonly Member[];
  readonly wantedSpares: number;
  readonly preferences: Omit<ChangePreferences, 'mode'> & { readonly mode?: FailoverMode };
  readonly avoid?: ReadonlySet<string>;
}

/**
 * Plans a change of requirements, up or down. A node of another shape is replaced; a failed one too; surplus nodes go,
 * never the last healthy one. Without overlap room the pairs are replaced one by one, if that fits.
 */
export function planRequirements(
  observed: ObservedCluster,
  desired: Requirements,
  preferences: Change['preferences'] = {},
): PlanResult {
  const problems = checkRequirements(desired);
  if (problems.length > 0) return refuse('impossible', problems[0]?.message ?? '', { fields: problems });
  const members = membersOf(observed);
  const nodes = members.filter((m) => m.vm.role === 'node');
  const named = new Set((preferences.pairing ?? []).map((p) => p.from));
  const stays = (m: Member): boolean => !isDead(m) && sameShape(m.vm.shape, desired.shape) && !named.has(m.vm.name);
  const surplus = surplusOf(nodes, nodes.length - desired.nodes, stays);
  const goes = [...nodes.filter((m) => !surplus.includes(m) && !stays(m)), ...surplus];
  const wantedNodes = desired.nodes - nodes.filter((m) => !goes.includes(m)).length;
  const spares = members.filter((m) => m.vm.role === 'spare');
  const fitting = spares.filter((m) => sameShape(m.vm.shape, desired.shape) && !isDead(m));
  const taken = Math.min(fitting.length, Math.max(wantedNodes, 0));
  const sparesKept = fitting.slice(taken, taken + desired.spares);
  return planChange(observed, {
    kind: 'change',
    after: desired,
    keeps: [...nodes.filter((m) => !goes.includes(m)), ...sparesKept],
    goes,
    wantedNodes,
    sparesGo: spares.filter((m) => !sparesKept.includes(m)),
    wantedSpares: desired.spares - sparesKept.length,
    preferences,
  });
}

/** Which nodes go when the cluster shrinks: dead ones, those of the wrong shape, then those off the VIP on full sites. */
function surplusOf(nodes: readonly Member[], count: number, stays: (m: Member) => boolean): readonly Member[] {
  if (count <= 0) return [];
  const inSite = (m: Member): number => nodes.filter((x) => x.host.siteId === m.host.siteId).length;
  const order = (m: Member): readonly number[] => [
    isDead(m) ? 0 : 1,
    stays(m) ? 1 : 0,
    m.node?.runsApplication === true && nodes.some((x) => x.node?.runsApplication === false) ? 1 : 0,
    m.node?.holdsVip === true ? 1 : 0,
    -inSite(m),
  ];
  const ranked = nodes.map((m, i) => ({ m, key: [...order(m), -i] }));
  ranked.sort((a, b) => a.key.map((x, i) => x - (b.key[i] ?? 0)).find((d) => d !== 0) ?? 0);
  return ranked.slice(0, count).map((r) => r.m);
}

/** Finds places for a change and assembles its plan; the common end of every plan that replaces. */
export function planChange(observed: ObservedCluster, change: Change): PlanResult {
  const nothing =
    change.goes.length === 0 && change.wantedNodes === 0 && change.sparesGo.length === 0 && change.wantedSpares === 0;
  if (nothing) {
    return refuse(
      'impossible',
      `${observed.name} has ${change.after.nodes} × ${describeShape(change.after.shape)} already: there is nothing to change.`,
    );
  }
  const refusal = refuseUnhealthy(observed, change) ?? refuseMode(observed, change);
  if (refusal !== null) return refusal;
  const mode = change.preferences.mode ?? (observed.volumeId === null ? 'cluster' : 'move');
  const readySpares = change.sparesGo.filter((m) => sameShape(m.vm.shape, change.after.shape) && !isDead(m));
  const paired = pairUp(change, readySpares);
  if (!paired.ok) return paired;

  const together = placeIncoming(observed, change, paired.sparesTaken);
  const oneByOne = together.ok || change.goes.length < 2 ? null : placeRolling(observed, change, paired.sparesTaken);
  const placed = together.ok ? together : oneByOne?.ok ? oneByOne : together;
  if (!placed.ok) return placed;
  const { nodes, spares } = placed;
  const replacements: Replacement[] = paired.slots.map((slot) => ({
    from: slot.from === null ? null : outgoing(slot.from, observed),
    to: slot.position === null ? null : (nodes[slot.position] ?? null),
  }));
  const sparesGone = change.sparesGo.filter((m) => !paired.sparesTaken.includes(m));
  for (let i = 0; i < Math.max(sparesGone.length, spares.length); i++) {
    const from = sparesGone[i];
    replacements.push({ from: from === undefined ? null : outgoing(from, observed), to: spares[i] ?? null });
  }
  return {
    ok: true,
    plan: assemble({
      kind: change.kind,
      observed,
      mode,
      after: change.after,
      keeps: change.keeps.map((m) => m.planned),
      replacements,
      rolling: placed.rolling,
      oneByOne: observed.inventory.hosts.some((host) => host.emulated),
    }),
  };
}

function refuseUnhealthy(observed: ObservedCluster, change: Change): Refusal | null {
  const healthyStays = change.keeps.some((m) => m.node?.healthy === true);
  if (change.wantedNodes > 0 || healthyStays || change.goes.every((m) => m.node?.healthy !== true)) return null;
  return refuse(
    'last_healthy_node',
    `This would remove the last healthy node of ${observed.name}. Repair or add a node first.`,
  );
}

function refuseMode(observed: ObservedCluster, change: Change): Refusal | null {
  const { mode } = change.preferences;
  const movesVolume =
    observed.volumeId !== null && change.goes.some((m) => m.node?.runsApplication === true && !isDead(m));
  if (!movesVolume || mode === undefined || mode === 'move') return null;
  return refuse('impossible', `${observed.name} has a data volume: use mode "move", which hands it over.`, {
    fields: [{ field: 'mode', message: 'A workload with a data volume is moved: use mode "move".' }],
  });
}

type Placed =
  | Refusal
  | {
      readonly ok: true;
      readonly rolling: boolean;
      readonly nodes: readonly Incoming[];
      readonly spares: readonly Incoming[];
    };

function newVms(
  observed: ObservedCluster,
  count: number,
  first: number,
  shape: Requirements['shape'],
  role: 'node' | 'spare',
) {
  return Array.from({ length: count }, (_, i) => {
    const ordinal = observed.nextOrdinal + first + i;
    return { id: observed.vmIdFor(ordinal), name: `${observed.name}-${ordinal}`, shape, role };
  });
}

function wantedVms(observed: ObservedCluster, change: Change, taken: readonly Member[]) {
  const built = Math.max(0, change.wantedNodes - taken.length);
  return [
    ...newVms(observed, built, 0, change.after.shape, 'node'),
    ...newVms(observed, change.wantedSpares, built, change.after.shape, 'spare'),
  ];
}

const asIncoming = (vm: PlannedVm, spare: boolean): Incoming => ({ vm, spare });

const split = (taken: readonly Member[], vms: readonly PlannedVm[], rolling: boolean): Placed => ({
  ok: true,
  rolling,
  nodes: [
    ...taken.map((m) => asIncoming({ ...m.planned, role: 'node' }, true)),
    ...vms.filter((vm) => vm.role === 'node').map((vm) => asIncoming(vm, false)),
  ],
  spares: vms.filter((vm) => vm.role === 'spare').map((vm) => asIncoming(vm, false)),
});

/** Places for all new VMs while every old one still runs. */
function placeIncoming(observed: ObservedCluster, change: Change, taken: readonly Member[]): Placed {
  const wanted = wantedVms(observed, change, taken);
  const placement = place({
    inventory: observed.inventory,
    clusterId: observed.id,
    wanted,
    spread: change.after.spread,
    leaving: new Set([...change.goes, ...change.sparesGo].map((m) => m.vm.id)),
    preferences: change.preferences,
    avoid: change.avoid,
  });
  if (!placement.ok) return refuse('no_capacity', placement.message, placement.details);
  const vms = wanted.flatMap((vm, i) => {
    const host = placement.hosts[i];
    return host === undefined ? [] : [plannedVm(vm, host)];
  });
  return split(taken, vms, false);
}

/** Places one by one: each new VM is placed after the old ones before it were given back. */
function placeRolling(observed: ObservedCluster, change: Change, taken: readonly Member[]): Placed {
  const wanted = wantedVms(observed, change, taken);
  const leaving = [...change.goes, ...change.sparesGo];
  let inventory = observed.inventory;
  const vms: PlannedVm[] = [];
  for (const [i, vm] of wanted.entries()) {
    const placement = place({
      inventory,
      clusterId: observed.id,
      wanted: [vm],
      spread: change.after.spread,
      leaving: new Set(leaving.slice(i).map((m) => m.vm.id)),
      preferences: change.preferences,
      avoid: change.avoid,
    });
    if (!placement.ok) return refuse('no_capacity', placement.message, placement.details);
    const host = placement.hosts[0];
    if (host === undefined) return refuse('internal', 'Placement gave no host.');
    vms.push(plannedVm(vm, host));
    const gone = leaving[i]?.vm.id;
    const without = { ...inventory, vms: inventory.vms.filter((x) => x.id !== gone) };
    inventory = withReservations(without, observed.id, [{ ...vm, hostId: host.id }]);
  }
  return split(taken, vms, true);
}
