import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, inScene, type TestDatabase } from './testing';
import { expectNothingLeftOver, running, vmNamed, vmNames } from './testing-cluster';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('a node whose VM crashes is replaced, and clients are answered again at once', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    scene.world.faults.crashVm((await vmNamed(scene, 'shop-1')).id);
    const since = scene.clock.now();
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    await scene.until('whole', async () => (await scene.db.cluster.findFirstOrThrow()).state === 'running');
    const { longestGapMs } = await scene.traffic.receipt(shop.id, since, scene.clock.now());
    expect(longestGapMs).toBeLessThan(2_000);
    expect(await scene.db.operation.count({ where: { kind: 'replace', state: 'done' } })).toBe(1);
    await scene.clock.advance(5_000);
    await expectNothingLeftOver(scene);
  }));

it('the node of a stateful cluster that runs the application is replaced with its data, once it is fenced', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    scene.world.faults.crashVm((await vmNamed(scene, 'bank-1')).id);
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'bank-2,bank-3');
    await scene.until('whole', async () => (await scene.db.cluster.findFirstOrThrow()).state === 'running');
    const operation = await scene.db.operation.findFirstOrThrow({ where: { kind: 'replace' } });
    const log = await scene.db.operationEvent.findMany({ where: { operationId: operation.id } });
    expect(log.some((entry) => JSON.stringify(entry.fact).includes('Fenced: '))).toBe(true);
    await scene.clock.advance(5_000);
    await expectNothingLeftOver(scene);
  }));

it('a host that is lost is fenced, and its node is built elsewhere; what is left of it goes when it is back', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { hostId } = await vmNamed(scene, 'shop-1');
    scene.world.faults.powerOffHost(hostId);
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    expect((await scene.db.host.findUniqueOrThrow({ where: { id: hostId } })).state).toBe('fenced');
    scene.world.faults.powerOnHost(hostId);
    await scene.until(
      'it is up',
      async () => (await scene.db.host.findFirstOrThrow({ where: { id: hostId } })).state === 'up',
    );
    await scene.until('collected', async () => (await scene.hypervisor.listVms()).length === 2);
    await expectNothingLeftOver(scene);
  }));

it('a host that merely cannot be managed is not fenced, and its node goes on serving', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { hostId } = await vmNamed(scene, 'shop-1');
    scene.world.faults.cutHost(hostId, { traffic: 'none', powerController: true });
    await scene.clock.advance(60_000);
    expect((await scene.db.host.findUniqueOrThrow({ where: { id: hostId } })).state).toBe('down');
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    scene.world.faults.healHost(hostId);
    await scene.until('whole', async () => (await scene.db.cluster.findFirstOrThrow()).state === 'running');
    await expectNothingLeftOver(scene);
  }));

it('a host that can be neither reached nor fenced keeps what it has: nothing starts elsewhere without proof', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    const { hostId } = await vmNamed(scene, 'bank-1');
    scene.world.faults.cutHost(hostId, { powerController: false });
    await scene.clock.advance(60_000);
    expect(await scene.db.operation.count({ where: { kind: 'replace' } })).toBe(0);
    expect(await vmNames(scene)).toEqual(['bank-1', 'bank-2']);
  }));

it('a cluster of which no VM runs is brought back, with its data where they were, and a spare is started again', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    const bank = await running(scene, {
      name: 'bank',
      workload: 'ledger',
      requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 1 },
    });
    await life.stop();
    for (const { id } of await scene.hypervisor.listVms()) scene.world.faults.crashVm(id);
    await scene.start();
    await scene.until('whole', async () => {
      const cluster = await scene.db.cluster.findFirstOrThrow();
      const vms = await scene.hypervisor.listVms();
      return cluster.state === 'running' && vms.every((vm) => vm.state === 'running');
    });
    const since = scene.clock.now();
    await scene.clock.advance(5_000);
    const { requests, failed } = await scene.traffic.receipt(bank.id, since, scene.clock.now());
    expect(requests).toBeGreaterThan(0);
    expect(failed).toBe(0);
    expect(await vmNames(scene)).toEqual(['bank-1', 'bank-2', 'bank-3']);
    await expectNothingLeftOver(scene);
  }));

it('VMs and volumes that nobody owns are removed, and those of clusters stay', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const [known] = await scene.hypervisor.listVms();
    const imageKey = await scene.clock.run(() => scene.hypervisor.ensureImage({ packages: [] }, () => undefined));
    await scene.clock.run(() =>
      scene.hypervisor.createVm({
        id: 'orphan',
        name: 'orphan',
        hostId: known?.hostId ?? '',
        shape: { vcpus: 1, memoryMiB: 256, diskGiB: 4 },
        imageKey,
        nic: { mac: '02:00:00:00:00:01', address: '10.77.200.1', prefixLength: 16 },
      }),
    );
    await scene.hypervisor.createVolume({ id: 'orphan', sizeGiB: 1 });
    await scene.until('collected', async () => {
      const vms = await scene.hypervisor.listVms();
      const volumes = await scene.hypervisor.listVolumes();
      return volumes.length === 0 && !vms.some((vm) => vm.id === 'orphan');
    });
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    await expectNothingLeftOver(scene);
  }));
