import { describeShape } from '@/lib/domain/shape';
import { HypervisorError } from '@/lib/hypervisors/types';
import { noteRole } from '@/lib/usecases/usage/note-role';
import { getVm, isUnreachable, type Step, seconds, shapeOf, tell } from './context';
import { ensureFenced } from './fence';
import { changeMembers } from './view';
import { timeAtVm } from './vm-clock';
import { assertOthersWork } from './working';

const POWER_OFF_DEADLINE_MS = 20_000;

const cannotBeUndone = async (): Promise<void> => {
  throw new Error('what was given up does not come back: the operation goes forward from here');
};

export const powerOff: Step<'powerOff'> = {
  ensure: async ({ context }, { vmId }) => {
    const elapsedMs = context.clock.stopwatch();
    await assertOthersWork(context, vmId);
    const facts = await context.hypervisor.stopVm(vmId, { deadlineMs: POWER_OFF_DEADLINE_MS });
    const vm = await context.db.vm.update({ where: { id: vmId }, data: { state: 'stopped', endedAt: facts.endedAt } });
    await context.db.node.updateMany({ where: { vmId }, data: { weight: 0, healthy: false, holdsVip: false } });
    await tell(context, [{ kind: 'node', clusterId: vm.clusterId, payload: { vmId, state: 'stopped' } }]);
    return `Off after ${seconds(elapsedMs())}`;
  },
  undo: cannotBeUndone,
};

export const leave: Step<'leave'> = {
  /** Its VM is destroyed next, with everything in it: what must not happen until then is that it takes the VIP. */
  ensure: async ({ context }, { vmId }) => {
    const vm = await getVm(context, vmId);
    const node = await context.db.node.findUnique({ where: { vmId } });
    if (node === null) return 'It was no member';
    await assertOthersWork(context, vmId);
    let how = 'The others leave it out';
    if (node.installedAt !== null && node.state !== 'left') {
      try {
        await context.clustering.yieldVip(vmId);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        how = 'It does not answer; the others leave it out';
      }
    }
    context.views.forget([vmId]);
    await changeMembers(
      context,
      node.clusterId,
      () =>
        context.db.node.update({
          where: { vmId },
          data: {
            state: 'left',
            weight: 0,
            installedAt: null,
            leftAt: node.leftAt ?? context.clock.now(),
            holdsVip: false,
            healthy: false,
          },
        }),
      { tolerant: true },
    );
    await tell(context, [{ kind: 'node', clusterId: vm.clusterId, payload: { vmId, state: 'left' } }]);
    return how;
  },
  undo: cannotBeUndone,
};

export const destroy: Step<'destroy'> = {
  ensure: async ({ context }, { vmId }) => {
    const vm = await getVm(context, vmId);
    if (vm.state === 'released') return 'It is gone';
    await context.db.vm.update({ where: { id: vmId }, data: { state: 'destroying' } });
    const facts = await context.hypervisor.findVm(vmId);
    const evidence = await ensureFenced(context, vmId);
    await context.db.vm.update({ where: { id: vmId }, data: { endedAt: vm.endedAt ?? facts?.endedAt ?? evidence.at } });
    try {
      await context.hypervisor.destroyVm(vmId);
    } catch (error) {
      // It cannot act any more; what is left of it on its host is collected when the host is back.
      if (!(error instanceof HypervisorError) || error.code !== 'unreachable') throw error;
      return `${evidence.detail} What is left of it goes when ${vm.hostId} is back.`;
    }
    await context.db.volume.updateMany({ where: { attachedVmId: vmId }, data: { attachedVmId: null } });
    return evidence.detail;
  },
  undo: cannotBeUndone,
};

export const release: Step<'release'> = {
  ensure: async ({ context, operationId }, { vmId }) => {
    const vm = await getVm(context, vmId);
    if (vm.state !== 'released') {
      await context.db.vm.update({
        where: { id: vmId },
        data: { state: 'released', releasedAt: context.clock.now(), releasedByOperationId: operationId },
      });
      await tell(context, [{ kind: 'host', clusterId: vm.clusterId, payload: { host: vm.hostId } }]);
    }
    return `${describeShape(shapeOf(vm))} are free again on ${vm.hostId}`;
  },
  undo: cannotBeUndone,
};

export const makeSpare: Step<'makeSpare'> = {
  ensure: async ({ context }, { vmId }) => {
    const vm = await context.db.vm.update({ where: { id: vmId }, data: { role: 'spare' } });
    await noteRole(context.db, vmId, await timeAtVm(context, vmId), context.clock.now());
    await tell(context, [{ kind: 'cluster', clusterId: vm.clusterId }]);
    return `${vm.name} runs and waits`;
  },
  undo: async () => undefined,
};

export const takeSpare: Step<'takeSpare'> = {
  ensure: async ({ context }, { vmId }) => {
    const vm = await context.db.vm.update({ where: { id: vmId }, data: { role: 'node' } });
    await noteRole(context.db, vmId, await timeAtVm(context, vmId), context.clock.now());
    await tell(context, [{ kind: 'cluster', clusterId: vm.clusterId }]);
    return `${vm.name} was ready`;
  },
  undo: async ({ context }, { vmId }) => {
    await context.db.vm.update({ where: { id: vmId }, data: { role: 'spare' } });
    await noteRole(context.db, vmId, await timeAtVm(context, vmId), context.clock.now());
  },
};

export const deleteCluster: Step<'deleteCluster'> = {
  ensure: async ({ context }, { clusterId }) => {
    await context.db.cluster.updateMany({
      where: { id: clusterId, state: { not: 'deleted' } },
      data: { state: 'deleted', deletedAt: context.clock.now() },
    });
    await tell(context, [{ kind: 'cluster', clusterId }]);
    return 'Its name and addresses are free again';
  },
  undo: cannotBeUndone,
};
