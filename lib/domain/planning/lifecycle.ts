import { place } from '../placement/place';
import type { Plan } from '../plan';
import type { PlacementPreferences, Requirements } from '../requirements';
import { NO_SHAPE, sumShapes } from '../shape';
import { plannedVm, provision, remove } from './assemble';
import { checkRequirements } from './check-requirements';
import { outgoing as asOutgoing, membersOf } from './members';
import { StepList } from './step';
import { type ObservedCluster, type PlanResult, refuse } from './types';

/** The first plan of a cluster: everything is built at once, then published at its VIP, then seen to answer. */
export function planCreate(
  observed: ObservedCluster,
  desired: Requirements,
  preferences: PlacementPreferences = {},
): PlanResult {
  const problems = checkRequirements(desired);
  if (problems.length > 0) return refuse('impossible', problems[0]?.message ?? '', { fields: problems });
  const wanted = Array.from({ length: desired.nodes + desired.spares }, (_, i) => {
    const ordinal = observed.nextOrdinal + i;
    const role = i < desired.nodes ? ('node' as const) : ('spare' as const);
    return { id: observed.vmIdFor(ordinal), name: `${observed.name}-${ordinal}`, shape: desired.shape, role };
  });
  const placement = place({
    inventory: observed.inventory,
    clusterId: observed.id,
    wanted,
    spread: desired.spread,
    leaving: new Set(),
    preferences,
  });
  if (!placement.ok) return refuse('no_capacity', placement.message, placement.details);
  const vms = wanted.flatMap((vm, i) => {
    const host = placement.hosts[i];
    return host === undefined ? [] : [plannedVm(vm, host)];
  });

  const list = new StepList();
  const { volumeId, workload, imageKey, id: clusterId, name } = observed;
  const first = vms[0];
  const volume =
    volumeId === null || workload.volume === null || first === undefined
      ? null
      : list.add(
          'createVolume',
          name,
          `Create the data volume of ${name}`,
          { volumeId, hostId: first.hostId, sizeGiB: workload.volume.sizeGiB },
          [],
        );
  const healthy: string[] = [];
  for (const vm of vms) {
    const { vmId } = vm;
    const installed = provision(list, vm, null, imageKey);
    if (vm.role === 'spare') {
      list.add('makeSpare', vm.name, `Keep ${vm.name} ready as a spare`, { vmId }, [installed]);
      continue;
    }
    const attached =
      volume === null || volumeId === null || vm !== first
        ? null
        : list.add('attachVolume', vm.name, `Attach the data volume to ${vm.name}`, { vmId, volumeId }, [
            installed,
            volume,
          ]);
    const started =
      attached === null
        ? installed
        : list.add('startApplication', vm.name, `Start the application on ${vm.name}`, { vmId }, [attached]);
    healthy.push(list.add('healthy', vm.name, `Wait until ${vm.name} is healthy`, { vmId }, [started]));
  }
  const nodes = vms.filter((vm) => vm.role === 'node');
  const active = nodes.map((vm, i) =>
    list.add('activate', vm.name, `Give ${vm.name} traffic`, { vmId: vm.vmId }, [healthy[i]]),
  );
  const published = list.add('publish', name, `Publish ${name} at its VIP`, { clusterId }, active);
  const answering = volume === null ? nodes : nodes.slice(0, 1);
  for (const vm of answering)
    list.add('verify', vm.name, `See ${vm.name} answer through the VIP`, { vmId: vm.vmId }, [published]);
  return {
    ok: true,
    plan: {
      ...emptyPlan(observed, 'create'),
      before: null,
      after: desired,
      creates: vms,
      pairing: nodes.map((vm) => ({ from: null, to: vm.name })),
      // Nobody is served yet: whatever fails, everything can be undone.
      steps: list.steps.map((step) => ({ ...step, movesTraffic: false })),
      extraWhileRunning: sumShapes(vms.map((vm) => vm.shape)),
    },
  };
}

/** The guarded act that ends a cluster. Its use case asks for the name; the plan takes everything away. */
export function planDelete(observed: ObservedCluster): PlanResult {
  const list = new StepList();
  const { id: clusterId, name } = observed;
  const members = membersOf(observed);
  const unpublished = list.add('unpublish', name, `Take ${name} off its VIP's port`, { clusterId }, []);
  const gone = members.map((m) => remove(list, asOutgoing(m, observed), [unpublished]));
  const volume =
    observed.volumeId === null
      ? null
      : list.add('destroyVolume', name, `Destroy the data volume of ${name}`, { volumeId: observed.volumeId }, [
          unpublished,
          ...gone,
        ]);
  list.add('deleteCluster', name, `Delete ${name}`, { clusterId }, [unpublished, ...gone, volume]);
  return {
    ok: true,
    plan: {
      ...emptyPlan(observed, 'delete'),
      before: observed.requirements,
      after: null,
      removes: members.map((m) => m.planned),
      steps: list.steps,
    },
  };
}

const emptyPlan = (observed: ObservedCluster, kind: 'create' | 'delete'): Plan => ({
  kind,
  clusterId: observed.id,
  clusterName: observed.name,
  generation: observed.generation,
  mode: 'cluster',
  before: null,
  after: null,
  creates: [],
  keeps: [],
  removes: [],
  pairing: [],
  steps: [],
  extraWhileRunning: NO_SHAPE,
  expectedOutageMs: 0,
});
