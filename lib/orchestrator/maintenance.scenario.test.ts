import { afterAll, beforeAll, expect, it } from 'vitest';
import { setMaintenance } from '@/lib/usecases/hosts/set-maintenance';
import { createTestDatabase, inScene, type Scene, type TestDatabase } from './testing';
import { change, expectNothingLeftOver, running, seenSince, stepsBegun, vmNames } from './testing-cluster';

const SMALL = { vcpus: 1, memoryMiB: 256 };
const LARGE = { vcpus: 2, memoryMiB: 512 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const maintain = async (scene: Scene, enabled: boolean): Promise<readonly string[]> => {
  const answer = await setMaintenance(scene.asAdministrator, 'paris-1', { enabled, dryRun: false });
  if ('plans' in answer) throw new Error('not accepted');
  return answer.operations.map(({ id }) => id);
};

const stateOf = async (scene: Scene): Promise<string> =>
  (await scene.db.host.findUniqueOrThrow({ where: { id: 'paris-1' } })).state;

it('maintenance leaves a host that had VMs of several clusters, to several others, and no request fails', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const requirements = { nodes: 2, shape: SMALL, spread: 'none' as const, spares: 0 };
    const clusters = [];
    for (const name of ['cafe', 'shop', 'site'])
      clusters.push(await running(scene, { name, requirements, hosts: ['paris-1'] }));
    const since = scene.clock.now();
    for (const id of await maintain(scene, true)) expect(await scene.ended(id)).toBe('done');
    const vms = await scene.db.vm.findMany({ where: { state: 'running' } });
    expect(vms.length).toBe(6);
    expect([...new Set(vms.map((vm) => vm.hostId))].sort()).toEqual(['lyon-1', 'lyon-2', 'paris-2']);
    for (const { id } of clusters) expect((await seenSince(scene, id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('the end of maintenance cancels what is under way: it is undone, and the host has what it had', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { requirements: { nodes: 1, shape: SMALL, spread: 'none', spares: 0 }, hosts: ['paris-1'] });
    const [id = ''] = await maintain(scene, true);
    await scene.until('a VM boots', async () => (await stepsBegun(scene, id)).includes('boot:shop-2'));
    expect(await maintain(scene, false)).toEqual([id]);
    expect(await scene.ended(id)).toBe('cancelled');
    expect(await vmNames(scene)).toEqual(['shop-1']);
    expect(await stateOf(scene)).toBe('up');
    await expectNothingLeftOver(scene);
  }));

it('a host in maintenance that is off for a while is in maintenance again when it is back', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { hosts: ['lyon-1', 'lyon-2'] });
    expect(await maintain(scene, true)).toEqual([]);
    scene.world.faults.powerOffHost('paris-1');
    await scene.until('it is fenced', async () => (await stateOf(scene)) === 'fenced');
    scene.world.faults.powerOnHost('paris-1');
    await scene.until('it is back', async () => (await stateOf(scene)) === 'maintenance');
    expect(await scene.ended(await change(scene, 'shop', { shape: LARGE }))).toBe('done');
    expect(await scene.db.vm.count({ where: { hostId: 'paris-1' } })).toBe(0);
    await maintain(scene, false);
    expect(await stateOf(scene)).toBe('up');
  }));
