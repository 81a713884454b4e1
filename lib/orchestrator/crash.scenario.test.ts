import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { createTestDatabase, type Fate, inScene, type TestDatabase } from './testing';
import { accept, change, expectNothingLeftOver, failOver, ready, running, seenSince, vmNames } from './testing-cluster';

const LARGE = { vcpus: 2, memoryMiB: 512 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Every process dies once at each step that has not killed one yet, right after the step had its effect. */
const dyingAtEveryStep = () => {
  const killers = new Set<string>();
  const fate: Fate = (step, act) => {
    const key = `${act} ${step.kind} ${JSON.stringify(step.args)}`;
    if (killers.has(key)) return false;
    killers.add(key);
    return true;
  };
  return { fate: () => fate, killers };
};

it('killed at every step of making a cluster, it is made all the same', () =>
  inScene(database, async (scene) => {
    const { fate, killers } = dyingAtEveryStep();
    await scene.start({ fate: fate() });
    await ready(scene);
    const { operation } = await accept(scene);
    expect(await scene.ended(operation.id, { fate })).toBe('done');
    expect(killers.size).toBeGreaterThanOrEqual(17);
    await expectNothingLeftOver(scene);
  }));

it('killed at every step of a change, it is done, and no request failed', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const { fate, killers } = dyingAtEveryStep();
    const first = await scene.start({ fate: fate() });
    await scene.until('the new process leads', async () => {
      const lease = await scene.db.lease.findFirstOrThrow();
      return first.isDead || lease.holder.endsWith('/2');
    });
    expect(await scene.ended(await change(scene, 'shop', { shape: LARGE }), { fate })).toBe('done');
    expect(await vmNames(scene)).toEqual(['shop-3', 'shop-4']);
    expect(killers.size).toBeGreaterThanOrEqual(26);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('killed at every step of a move with its data, and of the deletion after it, nothing is left over', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    life.kill();
    const { fate } = dyingAtEveryStep();
    await scene.start({ fate: fate() });
    expect(await scene.ended(await failOver(scene, 'bank', { from: 'bank-1' }), { fate })).toBe('done');
    expect(await vmNames(scene)).toEqual(['bank-2', 'bank-3']);
    await expectNothingLeftOver(scene);
    const { operation } = await deleteCluster(scene.asAdministrator, 'bank', { confirmName: 'bank' });
    expect(await scene.ended(operation.id, { fate })).toBe('done');
    expect(await scene.hypervisor.listVms()).toEqual([]);
    expect(await scene.hypervisor.listVolumes()).toEqual([]);
  }));

it('killed at every step of being undone, it is undone, and the service was not touched', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    const shop = await running(scene);
    life.kill();
    const since = scene.clock.now();
    const undoing = dyingAtEveryStep();
    const fate = (): Fate => (step, act) => act === 'undo' && undoing.fate()(step, act);
    await scene.start({ fate: fate() });
    scene.world.faults.failNext('install', { times: 100 });
    expect(await scene.ended(await change(scene, 'shop', { shape: LARGE }), { fate })).toBe('undone');
    scene.world.faults.clearCalls();
    expect(undoing.killers.size).toBeGreaterThanOrEqual(6);
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('of two processes one leads; when it is stopped the other goes on with its operation', () =>
  inScene(database, async (scene) => {
    const first = await scene.start();
    await ready(scene);
    const second = await scene.start({ takesOver: false });
    const { operation } = await accept(scene);
    await scene.until('it began', async () => (await scene.db.operationEvent.count()) > 4);
    expect((await scene.db.lease.findFirstOrThrow()).epoch).toBe(1);
    await first.stop();
    expect(await scene.ended(operation.id)).toBe('done');
    expect((await scene.db.lease.findFirstOrThrow()).epoch).toBe(2);
    expect(second.isDead).toBe(false);
    await expectNothingLeftOver(scene);
  }));

it('a process whose lease was taken writes nothing more to an operation', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await ready(scene);
    const { operation } = await accept(scene);
    await scene.until('it began', async () => (await scene.db.operationEvent.count()) > 4);
    await scene.db.lease.updateMany({ data: { holder: 'another machine', epoch: 7, renewedAt: new Date() } });
    const count = await scene.db.operationEvent.count();
    await scene.clock.advance(5_000);
    expect(await scene.db.operationEvent.count()).toBe(count);
    await scene.start();
    expect(await scene.ended(operation.id)).toBe('done');
    await expectNothingLeftOver(scene);
  }));
