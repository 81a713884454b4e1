import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { setMaintenance } from '@/lib/usecases/hosts/set-maintenance';
import { createTestDatabase, inScene, type TestDatabase } from './testing';
import {
  change,
  expectNothingLeftOver,
  failOver,
  running,
  seenSince,
  stepsBegun,
  vmNamed,
  vmNames,
} from './testing-cluster';

const SMALL = { vcpus: 1, memoryMiB: 256 };
const LARGE = { vcpus: 2, memoryMiB: 512 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('a cluster is made, grows into larger VMs and returns, and no request fails', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    expect((await scene.db.cluster.findUniqueOrThrow({ where: { id: shop.id } })).state).toBe('running');
    const since = scene.clock.now();
    const up = await change(scene, 'shop', { shape: LARGE });
    expect(await scene.ended(up)).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-3', 'shop-4']);
    const receipt = await scene.db.receipt.findUniqueOrThrow({ where: { operationId: up } });
    expect(receipt.requests).toBeGreaterThan(0);
    expect(receipt.failed).toBe(0);
    expect(await scene.ended(await change(scene, 'shop', { shape: SMALL }))).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-5', 'shop-6']);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('a cluster gets more nodes and fewer, keeps a spare ready, and takes the spare first', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    expect(await scene.ended(await change(scene, 'shop', { nodes: 3, spares: 1 }))).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-4']);
    expect((await vmNamed(scene, 'shop-4')).role).toBe('spare');
    expect((await vmNamed(scene, 'shop-4')).node).toBeNull();
    const over = await failOver(scene, 'shop', { from: 'shop-1' });
    expect(await scene.ended(over)).toBe('done');
    expect(await stepsBegun(scene, over)).toContain('takeSpare:shop-4');
    expect(await vmNames(scene)).toEqual(['shop-2', 'shop-3', 'shop-4', 'shop-5']);
    expect((await vmNamed(scene, 'shop-5')).role).toBe('spare');
    expect(await scene.ended(await change(scene, 'shop', { nodes: 1, spares: 0 }))).toBe('done');
    expect((await vmNames(scene)).length).toBe(1);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('pairs are kept as they are given, and a node moves to the host that is named', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const pairing = [
      { from: 'shop-1', to: 'new-2' },
      { from: 'shop-2', to: 'new-1' },
    ];
    const paired = await change(scene, 'shop', { shape: LARGE, pairing });
    expect(await scene.ended(paired)).toBe('done');
    const begun = await stepsBegun(scene, paired);
    expect(begun).toContain('verify:shop-4-without-shop-1');
    expect(begun).toContain('verify:shop-3-without-shop-2');
    const used = new Set((await scene.db.vm.findMany({ where: { state: 'running' } })).map((vm) => vm.hostId));
    const free = (await scene.db.host.findMany()).find((host) => !used.has(host.id));
    expect(await scene.ended(await failOver(scene, 'shop', { from: 'shop-3', to: free?.name }))).toBe('done');
    expect((await vmNamed(scene, 'shop-5')).host.name).toBe(free?.name);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('in mode "shutdown" the old node is powered off only after the new one answered', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const operation = await change(scene, 'shop', { shape: LARGE, mode: 'shutdown' });
    expect(await scene.ended(operation)).toBe('done');
    const begun = await stepsBegun(scene, operation);
    expect(begun.indexOf('powerOff:shop-1')).toBeGreaterThan(begun.indexOf('verify:shop-3'));
    expect(await vmNames(scene)).toEqual(['shop-3', 'shop-4']);
    await expectNothingLeftOver(scene);
  }));

it('a stateful application moves with its data volume, which is never at two VMs, and its standby is replaced too', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const bank = await running(scene, { name: 'bank', workload: 'ledger' });
    const volume = await scene.db.volume.findFirstOrThrow({ where: { clusterId: bank.id } });
    expect(volume.attachedVmId).toBe((await vmNamed(scene, 'bank-1')).id);
    const since = scene.clock.now();
    expect(await scene.ended(await change(scene, 'bank', { shape: LARGE }))).toBe('done');
    expect(await vmNames(scene)).toEqual(['bank-3', 'bank-4']);
    expect((await vmNamed(scene, 'bank-3')).node?.runsApplication).toBe(true);
    expect((await vmNamed(scene, 'bank-4')).node?.runsApplication).toBe(false);
    const seen = await seenSince(scene, bank.id, since);
    expect(seen.failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('a host under maintenance is left, and a deleted cluster leaves nothing behind', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const bank = await running(scene, { name: 'bank', workload: 'ledger' });
    const { host } = await vmNamed(scene, 'bank-1');
    const accepted = await setMaintenance(scene.asAdministrator, host.name, { enabled: true, dryRun: false });
    if ('plans' in accepted) throw new Error('not accepted');
    for (const { id } of accepted.operations) expect(await scene.ended(id)).toBe('done');
    expect(await scene.db.vm.count({ where: { hostId: host.id, state: { not: 'released' } } })).toBe(0);
    await expectNothingLeftOver(scene);
    const { operation } = await deleteCluster(scene.asAdministrator, 'bank', { confirmName: 'bank' });
    expect(await scene.ended(operation.id)).toBe('done');
    expect((await scene.db.cluster.findUniqueOrThrow({ where: { id: bank.id } })).state).toBe('deleted');
    expect(await scene.hypervisor.listVms()).toEqual([]);
    expect(await scene.hypervisor.listVolumes()).toEqual([]);
    expect(await scene.traffic.listPublished()).toEqual([]);
  }));
