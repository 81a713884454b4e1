import { expect } from 'vitest';
import type { ChangeRequirementsInput, CreateClusterInput, FailoverInput } from '@/lib/domain/contract';
import { readLog } from '@/lib/operations/operation-log';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { failover } from '@/lib/usecases/clusters/failover';
import { createInput } from '@/lib/usecases/testing-cluster';
import type { Scene } from './testing';

/** Registered hosts mean that the orchestrator leads and its tasks run. */
export const ready = (scene: Scene): Promise<void> =>
  scene.until('hosts registered', async () => (await scene.db.host.count()) > 0);

export const accept = async (scene: Scene, change: Partial<CreateClusterInput> = {}) => {
  const answer = await createCluster(scene.asAdministrator, createInput(change));
  if ('plan' in answer) throw new Error('not accepted');
  return answer;
};

/** A running cluster, made by the orchestrator. */
export const running = async (scene: Scene, change: Partial<CreateClusterInput> = {}) => {
  await ready(scene);
  const { cluster, operation } = await accept(scene, change);
  expect(await scene.ended(operation.id)).toBe('done');
  return cluster;
};

export const change = async (scene: Scene, cluster: string, input: Partial<ChangeRequirementsInput>) => {
  const answer = await changeRequirements(scene.asAdministrator, cluster, { dryRun: false, ...input });
  if ('plan' in answer) throw new Error('not accepted');
  return answer.operation.id;
};

/** VMs by name that hold a place. */
export const vmNames = async (scene: Scene): Promise<readonly string[]> => {
  const vms = await scene.db.vm.findMany({ where: { state: { not: 'released' } }, orderBy: { name: 'asc' } });
  return vms.map((vm) => vm.name);
};

/**
 * What the database says is there is there, and nothing else: no VM, volume, place or operation is left over, and at
 * most one node of each cluster holds its VIP.
 */
export const expectNothingLeftOver = async (scene: Scene): Promise<void> => {
  const rows = await scene.db.vm.findMany({ where: { state: { not: 'released' } } });
  const vms = await scene.hypervisor.listVms();
  expect(vms.map((vm) => vm.name).sort()).toEqual(rows.map((vm) => vm.name).sort());
  expect(rows.map((vm) => vm.state).filter((state) => state !== 'running')).toEqual([]);
  expect(vms.map((vm) => vm.state).filter((state) => state !== 'running')).toEqual([]);
  const volumes = await scene.db.volume.findMany({ where: { destroyedAt: null } });
  expect((await scene.hypervisor.listVolumes()).map((v) => [v.id, v.attachedTo])).toEqual(
    volumes.map((v) => [v.id, v.attachedVmId]),
  );
  expect(await scene.db.operation.count({ where: { state: { in: ['pending', 'running', 'undoing'] } } })).toBe(0);
  const members = await scene.db.node.findMany({ where: { state: { not: 'left' } } });
  expect(members.map((node) => node.vmId).sort()).toEqual(
    rows
      .filter((vm) => vm.role === 'node')
      .map((vm) => vm.id)
      .sort(),
  );
  expect(members.map((node) => node.state).filter((state) => state !== 'active')).toEqual([]);
  for (const { vip } of await scene.db.cluster.findMany({ where: { state: { not: 'deleted' } } }))
    expect((await scene.traffic.vipHolders(vip)).length).toBe(1);
};

/** What clients saw since then: requests sent and failed. */
export const seenSince = async (scene: Scene, clusterId: string, since: Date) => {
  const { requests, failed, longestGapMs } = await scene.traffic.receipt(clusterId, since, scene.clock.now());
  return { requests, failed, longestGapMs };
};

/** The plan's step ids in the order in which they began. */
export const stepsBegun = async (scene: Scene, operationId: string): Promise<readonly string[]> => {
  const log = await readLog(scene.db, operationId);
  return log.flatMap((entry) => (entry.type === 'step-started' ? [entry.stepId] : []));
};

export const vmNamed = (scene: Scene, name: string) =>
  scene.db.vm.findFirstOrThrow({ where: { name, state: { not: 'released' } }, include: { node: true, host: true } });

export const failOver = async (scene: Scene, cluster: string, input: Omit<FailoverInput, 'dryRun'>) => {
  const answer = await failover(scene.asAdministrator, cluster, { dryRun: false, ...input });
  if ('plan' in answer) throw new Error('not accepted');
  return answer.operation.id;
};
