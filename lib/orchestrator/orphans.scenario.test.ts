import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, inScene, type TestDatabase } from './testing';
import { expectNothingLeftOver, running, vmNames } from './testing-cluster';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

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
