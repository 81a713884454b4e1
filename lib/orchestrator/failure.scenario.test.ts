import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallKind } from '@/lib/sim';
import { cancelOperation } from '@/lib/usecases/operations/cancel-operation';
import { retryOperation } from '@/lib/usecases/operations/retry-operation';
import { createTestDatabase, inScene, type TestDatabase } from './testing';
import {
  accept,
  change,
  expectNothingLeftOver,
  ready,
  running,
  seenSince,
  stepsBegun,
  vmNames,
} from './testing-cluster';

const LARGE = { vcpus: 2, memoryMiB: 512 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('whatever fails before traffic moves is undone, with the old requirements in force and no request failed', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const calls: readonly CallKind[] = ['create', 'start', 'install', 'configure'];
    for (const kind of calls) {
      scene.world.faults.failNext(kind, { times: 3 });
      expect(await scene.ended(await change(scene, 'shop', { shape: LARGE }))).toBe('undone');
      scene.world.faults.clearCalls();
      expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
      await expectNothingLeftOver(scene);
    }
    const revision = await scene.db.requirementsRevision.findFirstOrThrow({
      where: { clusterId: shop.id },
      orderBy: { generation: 'desc' },
    });
    expect(revision.memoryMiB).toBe(256);
    expect(revision.reason).toMatch(/^undone/);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
  }));

it('a new cluster that cannot be made is undone, and its name is free again', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await ready(scene);
    scene.world.faults.failNext('install', { times: 10 });
    expect(await scene.ended((await accept(scene)).operation.id)).toBe('undone');
    scene.world.faults.clearCalls();
    expect(await vmNames(scene)).toEqual([]);
    expect(await scene.hypervisor.listVms()).toEqual([]);
    await running(scene);
    await expectNothingLeftOver(scene);
  }));

it('a new node that never answers is taken back, and the old ones were not touched', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const operation = await change(scene, 'shop', { nodes: 3 });
    await scene.until('its application runs', async () => {
      const [vm] = await scene.db.node.findMany({ where: { vm: { name: 'shop-3' }, installedAt: { not: null } } });
      if (vm === undefined) return false;
      scene.world.faults.crashApplication(vm.vmId);
      return true;
    });
    expect(await scene.ended(operation)).toBe('undone');
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('a failure after traffic moved ends stuck with everything that serves still there, and goes on when it is retried', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    scene.world.faults.failNext('destroy', { times: 20 });
    const operation = await change(scene, 'shop', { shape: LARGE });
    expect(await scene.ended(operation)).toBe('stuck');
    expect(await vmNames(scene)).toEqual(expect.arrayContaining(['shop-3', 'shop-4']));
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    scene.world.faults.clearCalls();
    await retryOperation(scene.asAdministrator, operation);
    expect(await scene.ended(operation)).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-3', 'shop-4']);
    await expectNothingLeftOver(scene);
  }));

it('an operation that is cancelled before traffic moves is undone; afterwards it goes on to its end', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const early = await change(scene, 'shop', { shape: LARGE });
    await scene.until('a VM boots', async () => (await stepsBegun(scene, early)).includes('boot:shop-3'));
    await cancelOperation(scene.asAdministrator, early);
    expect(await scene.ended(early)).toBe('cancelled');
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    await expectNothingLeftOver(scene);
    const late = await change(scene, 'shop', { shape: LARGE });
    await scene.until('traffic moves', async () => (await stepsBegun(scene, late)).includes('drain:shop-1'));
    await cancelOperation(scene.asAdministrator, late);
    expect(await scene.ended(late)).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-5', 'shop-6']);
    await expectNothingLeftOver(scene);
  }));

it('connections that never end are cut at the time limit, and counted', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const first = await scene.db.vm.findFirstOrThrow({ where: { name: 'shop-1' } });
    scene.world.faults.setNeverDrains(first.id, true);
    const operation = await change(scene, 'shop', { shape: LARGE });
    expect(await scene.ended(operation)).toBe('done');
    const log = await scene.db.operationEvent.findMany({ where: { operationId: operation } });
    const details = log.map((entry) => JSON.stringify(entry.fact));
    expect(details.some((fact) => /[1-9]\d* connections are cut after/.test(fact))).toBe(true);
    await expectNothingLeftOver(scene);
  }));
