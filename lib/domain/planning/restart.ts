import { NO_SHAPE } from '../shape';
import { DRAIN_TIMEOUT_MS, expectedOutageMs } from './limits';
import { isDead, type Member, membersOf } from './members';
import { StepList } from './step';
import { type ObservedCluster, type PlanResult, refuse } from './types';

const STAYS = { movesTraffic: false } as const;

/**
 * Restarts the application of one node. Where others take its requests it is drained meanwhile, and clients see nothing;
 * else new requests wait. Traffic comes back to where it was, so whatever fails is undone.
 */
export function planRestart(observed: ObservedCluster, nodeName: string): PlanResult {
  const members = membersOf(observed);
  const node = members.find((m) => m.vm.role === 'node' && m.vm.name === nodeName);
  if (node === undefined) {
    return refuse('not_found', `${observed.name} has no node ${nodeName}.`, {
      fields: [{ field: 'node', message: `No node of ${observed.name} has this name.` }],
    });
  }
  if (isDead(node)) return refuse('impossible', `${nodeName} has failed: it is to be replaced, not restarted.`);
  if (node.node?.runsApplication !== true) {
    return refuse('impossible', `${nodeName} stands by: the application runs on another node.`);
  }
  const takesOver = (m: Member): boolean =>
    m !== node && m.vm.role === 'node' && !isDead(m) && m.node?.runsApplication === true && m.node.state === 'active';
  const isSpared = members.some(takesOver);
  const list = new StepList();
  const restarted = isSpared ? drained(list, node) : held(list, observed, node);
  list.add('verify', nodeName, `See ${nodeName} answer through the VIP`, { vmId: node.vm.id }, [restarted], STAYS);
  return {
    ok: true,
    plan: {
      kind: 'restart',
      clusterId: observed.id,
      clusterName: observed.name,
      generation: observed.generation,
      mode: isSpared ? 'cluster' : 'move',
      before: observed.requirements,
      after: observed.requirements,
      creates: [],
      keeps: members.map((m) => m.planned),
      removes: [],
      pairing: [],
      steps: list.steps,
      extraWhileRunning: NO_SHAPE,
      expectedOutageMs: isSpared ? 0 : expectedOutageMs('move', observed.pastGapsMs),
    },
  };
}

const restart = (list: StepList, { vm }: Member, after: string): string =>
  list.add('restartApplication', vm.name, `Restart the application on ${vm.name}`, { vmId: vm.id }, [after]);

function drained(list: StepList, node: Member): string {
  const { id: vmId, name } = node.vm;
  const args = { vmId, timeoutMs: DRAIN_TIMEOUT_MS };
  const restarted = restart(list, node, list.add('drain', name, `Drain ${name}`, args, [], STAYS));
  const well = list.add('healthy', name, `Wait until ${name} is healthy`, { vmId }, [restarted]);
  return list.add('activate', name, `Give ${name} traffic`, { vmId }, [well]);
}

function held(list: StepList, { id: clusterId, name }: ObservedCluster, node: Member): string {
  const waiting = list.add('holdRequests', name, 'Let new requests wait', { clusterId }, []);
  const restarted = restart(list, node, waiting);
  return list.add('releaseRequests', name, 'Let the waiting requests go on', { clusterId }, [restarted], STAYS);
}
