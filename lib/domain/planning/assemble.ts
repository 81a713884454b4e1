import type { HostSnapshot } from '../inventory';
import type { OperationKind, Plan, PlannedVm, PlanPair } from '../plan';
import type { FailoverMode, Requirements } from '../requirements';
import { NO_SHAPE, sumShapes } from '../shape';
import { DRAIN_TIMEOUT_MS, expectedOutageMs } from './limits';
import { StepList } from './step';
import type { ObservedCluster } from './types';

/** A VM that comes: built new, or taken from the spares. */
export interface Incoming {
  readonly vm: PlannedVm;
  readonly spare: boolean;
}

/** A node or spare that goes. A dead one is not drained. */
export interface Outgoing {
  readonly vm: PlannedVm;
  readonly dead: boolean;
  readonly holdsVolume: boolean;
}

export interface Replacement {
  readonly from: Outgoing | null;
  readonly to: Incoming | null;
}

export interface Assembly {
  readonly kind: OperationKind;
  readonly observed: ObservedCluster;
  readonly mode: FailoverMode;
  readonly after: Requirements;
  readonly keeps: readonly PlannedVm[];
  readonly replacements: readonly Replacement[];
  /** One pair after another, each built on what the one before gave back. */
  readonly rolling: boolean;
  /** Where to build costs the machine that serves: one VM after another, each when the one before it serves. */
  readonly oneByOne: boolean;
}

const at = (vm: PlannedVm): string => `${vm.hostName} (${vm.siteName})`;

/**
 * Turns replacements into the steps of a plan. All places are held first. Everything that is built is built at once,
 * unless that would starve what serves; traffic moves one pair after another; an old VM goes only after its successor answered through the VIP.
 */
export function assemble(a: Assembly): Plan {
  const list = new StepList();
  const nodes = a.replacements.filter((r) => (r.to ?? r.from)?.vm.role === 'node');
  const spares = a.replacements.filter((r) => (r.to ?? r.from)?.vm.role === 'spare');
  let previous: string | null = null;
  const stateful = a.observed.volumeId !== null;
  const together: string[] = [];
  if (!a.rolling && (stateful || !a.oneByOne)) {
    for (const { to } of nodes)
      if (to !== null) together.push(build(list, a, to, null, a.oneByOne ? (together.at(-1) ?? null) : null));
  }
  let serving: string | null = null;
  for (const r of nodes) {
    if (r.to === null) previous = shrink(list, a, r, previous);
    else {
      const ready: readonly string[] = a.rolling
        ? [build(list, a, r.to, previous)]
        : stateful || !a.oneByOne
          ? together
          : [build(list, a, r.to, null, serving)];
      previous = replace(list, a, r.to, r.from, ready, previous);
      serving = `verify:${r.to.vm.name}`;
    }
  }
  for (const r of spares) {
    const gone = r.from === null ? null : remove(list, r.from, [previous]);
    if (r.to !== null) buildSpare(list, r.to, a.rolling ? gone : null, a.observed.imageKey);
  }
  const creates = a.replacements.flatMap((r) => (r.to === null || r.to.spare ? [] : [r.to.vm]));
  const removes = a.replacements.flatMap((r) => (r.from === null ? [] : [r.from.vm]));
  return {
    kind: a.kind,
    clusterId: a.observed.id,
    clusterName: a.observed.name,
    generation: a.observed.generation,
    mode: a.mode,
    before: a.observed.requirements,
    after: a.after,
    creates,
    keeps: a.keeps,
    removes,
    pairing: nodes.map((r): PlanPair => ({ from: r.from?.vm.name ?? null, to: r.to?.vm.name ?? null })),
    steps: list.steps,
    extraWhileRunning: a.rolling ? (creates[0]?.shape ?? NO_SHAPE) : sumShapes(creates.map((vm) => vm.shape)),
    expectedOutageMs: nodes.some((r) => r.from !== null) ? expectedOutageMs(a.mode, a.observed.pastGapsMs) : 0,
  };
}

/**
 * reserve → create → boot, and → install for a node; returns the last step's id. A node's members are told of it while it
 * boots; until it is installed it is one that does not answer, with weight 0. A spare joins nothing until it is taken.
 * `turn`: what it is created after, its place being held before.
 */
export function provision(
  list: StepList,
  vm: PlannedVm,
  after: string | null,
  imageKey: string,
  turn: string | null = null,
): string {
  const { vmId, name, hostId, shape, role } = vm;
  const reserved = list.add(
    'reserve',
    name,
    `Hold a place for ${name} on ${at(vm)}`,
    { vmId, name, hostId, shape, role, imageKey },
    [after],
  );
  const created = list.add('create', name, `Create ${name}`, { vmId }, [reserved, turn]);
  if (role === 'spare') return list.add('boot', name, `Start ${name}`, { vmId }, [created]);
  const joined = join(list, vm, created);
  return install(list, vm, [list.add('boot', name, `Start ${name}`, { vmId }, [created]), joined]);
}

const join = (list: StepList, { vmId, name }: PlannedVm, after: string): string =>
  list.add('join', name, `Join ${name} with weight 0`, { vmId }, [after]);

const install = (list: StepList, { vmId, name }: PlannedVm, after: readonly string[]): string =>
  list.add('install', name, `Install the clustering process in ${name}`, { vmId }, after);

function build(list: StepList, a: Assembly, to: Incoming, after: string | null, turn: string | null = null): string {
  const { vmId, name } = to.vm;
  const installed = to.spare
    ? takeSpare(list, to.vm, [after, turn])
    : provision(list, to.vm, after, a.observed.imageKey, turn);
  return list.add('healthy', name, `Wait until ${name} is healthy`, { vmId }, [installed]);
}

const takeSpare = (list: StepList, vm: PlannedVm, after: readonly (string | null)[]): string => {
  const taken = list.add('takeSpare', vm.name, `Take the spare ${vm.name}`, { vmId: vm.vmId }, after);
  return install(list, vm, [join(list, vm, taken)]);
};

function buildSpare(list: StepList, to: Incoming, after: string | null, imageKey: string): void {
  const booted = provision(list, to.vm, after, imageKey);
  list.add('makeSpare', to.vm.name, `Keep ${to.vm.name} ready as a spare`, { vmId: to.vm.vmId }, [booted]);
}

function replace(
  list: StepList,
  a: Assembly,
  to: Incoming,
  from: Outgoing | null,
  ready: readonly string[],
  previous: string | null,
): string {
  const moved = from?.holdsVolume ? moveApplication(list, a, from, to, [...ready, previous]) : null;
  const { vmId, name } = to.vm;
  const isStateful = a.observed.volumeId !== null;
  const standsBy = isStateful && moved === null;
  const seen = standsBy
    ? `${a.observed.name} answer through the VIP, ${name} standing by`
    : `${name} answer through the VIP`;
  // While requests wait nobody takes traffic: at one who came after they were told to wait they would not.
  const before = isStateful ? [moved, ...ready, previous] : [`healthy:${name}`];
  const active = list.add('activate', name, `Give ${name} traffic`, { vmId }, before);
  // Seen while the old node still serves: whatever fails until here is undone, and clients never notice.
  const answering = list.add('verify', name, `See ${seen}`, { vmId }, [active], { movesTraffic: false });
  if (from === null) return answering;
  if (from.dead) return end(a, answering, remove(list, from, [answering, previous]));
  const old = from.vm;
  const handedOver =
    a.mode === 'shutdown'
      ? list.add('powerOff', old.name, `Power ${old.name} down`, { vmId: old.vmId }, [answering, previous])
      : handOver(list, from, to.vm, [answering, previous]);
  const alone = list.add('verify', `${name}-without-${old.name}`, `See ${seen}, without ${old.name}`, { vmId }, [
    handedOver,
  ]);
  return end(a, alone, remove(list, from, [alone]));
}

/**
 * What the next pair waits for: that this one serves or, where there is no room beside it or members must not hear of
 * changes while requests wait, that its old VM is gone.
 */
const end = (a: Assembly, serves: string, gone: string): string =>
  a.rolling || a.observed.volumeId !== null ? gone : serves;

function handOver(list: StepList, from: Outgoing, to: PlannedVm, after: readonly (string | null)[]): string {
  const drained = list.add(
    'drain',
    from.vm.name,
    `Drain ${from.vm.name}`,
    { vmId: from.vm.vmId, timeoutMs: DRAIN_TIMEOUT_MS },
    after,
  );
  return list.add(
    'moveVip',
    from.vm.name,
    `Move the VIP from ${from.vm.name} to ${to.name}, if it is there`,
    { fromVmId: from.vm.vmId, toVmId: to.vmId },
    [drained],
  );
}

/** New requests wait while the application stops, its volume changes hands, and the application starts again. */
function moveApplication(
  list: StepList,
  a: Assembly,
  from: Outgoing,
  to: Incoming,
  after: readonly (string | null)[],
): string {
  const volumeId = a.observed.volumeId ?? '';
  const old = from.vm;
  const held = list.add('holdRequests', a.observed.name, 'Let new requests wait', { clusterId: a.observed.id }, after);
  const stopped = list.add('stopApplication', old.name, `Stop the application on ${old.name}`, { vmId: old.vmId }, [
    held,
  ]);
  const detached = list.add(
    'detachVolume',
    old.name,
    `Detach the data volume from ${old.name}`,
    { vmId: old.vmId, volumeId },
    [stopped],
  );
  const attached = list.add(
    'attachVolume',
    to.vm.name,
    `Attach the data volume to ${to.vm.name}`,
    { vmId: to.vm.vmId, volumeId },
    [detached],
  );
  const started = list.add(
    'startApplication',
    to.vm.name,
    `Start the application on ${to.vm.name}`,
    { vmId: to.vm.vmId },
    [attached],
  );
  return list.add('releaseRequests', a.observed.name, 'Let the waiting requests go on', { clusterId: a.observed.id }, [
    started,
  ]);
}

function shrink(list: StepList, a: Assembly, r: Replacement, previous: string | null): string | null {
  if (r.from === null) return previous;
  const heir = a.keeps.find((vm) => vm.role === 'node') ?? a.replacements.find((x) => x.to?.vm.role === 'node')?.to?.vm;
  if (r.from.dead || heir === undefined) return remove(list, r.from, [previous]);
  const handedOver = handOver(list, r.from, heir, [previous]);
  return end(a, handedOver, remove(list, r.from, [handedOver]));
}

/** leave → destroy → release; returns the last step's id. */
export function remove(list: StepList, from: Outgoing, after: readonly (string | null)[]): string {
  const { vmId, name } = from.vm;
  const left = list.add('leave', name, `Take ${name} out of the cluster`, { vmId }, after);
  const destroyed = list.add('destroy', name, `Destroy ${name}`, { vmId }, [left]);
  return list.add('release', name, `Give the resources of ${name} back to ${from.vm.hostName}`, { vmId }, [destroyed]);
}

export const plannedVm = (
  vm: {
    readonly id: string;
    readonly name: string;
    readonly shape: PlannedVm['shape'];
    readonly role: PlannedVm['role'];
  },
  host: HostSnapshot,
): PlannedVm => ({
  vmId: vm.id,
  name: vm.name,
  hostId: host.id,
  hostName: host.name,
  siteName: host.siteName,
  shape: vm.shape,
  role: vm.role,
});
