import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLedger } from '@/lib/domain/usage/check';
import type { UsageFact, UsageInterval } from '@/lib/domain/usage/types';
import { setCostCentre } from '@/lib/usecases/billing/set-cost-centre';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { readFacts, readIntervals } from '@/lib/usecases/usage/read-ledger';
import { createTestDatabase, type Fate, inScene, type Scene, type TestDatabase } from './testing';
import { change, failOver, running, vmNamed, vmNames } from './testing-cluster';

const LARGE = { vcpus: 2, memoryMiB: 512 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const ledgerOf = async (scene: Scene) => {
  const facts: UsageFact[] = [];
  const intervals: UsageInterval[] = [];
  for await (const batch of readFacts(scene.db)) facts.push(...batch);
  for await (const batch of readIntervals(scene.db)) intervals.push(...batch);
  return { facts, intervals };
};

const lengthOf = (intervals: readonly UsageInterval[]): number =>
  intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

/** Nothing overlaps, nothing is missing, and what the ledger has of each VM that is gone is what it lived. */
const expectLived = async (scene: Scene): Promise<void> => {
  const { facts, intervals } = await ledgerOf(scene);
  expect(checkLedger(facts, intervals)).toEqual([]);
  const vms = await scene.db.vm.findMany({ where: { state: 'released', startedAt: { not: null } } });
  for (const { id, name, startedAt, endedAt } of vms) {
    const livedMs = (endedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0);
    expect(lengthOf(intervals.filter(({ resourceId }) => resourceId === id)), name).toBe(livedMs);
  }
};

const remove = async (scene: Scene, name: string): Promise<string> =>
  (await deleteCluster(scene.asAdministrator, name, { confirmName: name, reason: 'no longer needed' })).operation.id;

it('a change of shape closes one interval and opens another at the same instant, and names what ran beside it', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    expect(await scene.ended(await change(scene, 'shop', { shape: LARGE, reason: 'more visitors' }))).toBe('done');
    expect(await scene.ended(await remove(scene, 'shop'))).toBe('done');
    await scene.until('all closed', async () => (await scene.db.usageOpen.count()) === 0);
    await expectLived(scene);
    const { intervals } = await ledgerOf(scene);
    const of = (name: string) => intervals.filter(({ subject }) => subject.name === name);
    const [old] = of('shop-1');
    const [beside, alone] = of('shop-3');
    expect([old?.subject.tier, beside?.subject.tier, alone?.subject.tier]).toEqual(['service', 'overlap', 'service']);
    expect(beside?.endMs).toBe(old?.endMs);
    expect(alone?.startMs).toBe(old?.endMs);
    expect(beside?.startMs).toBeGreaterThan(old?.startMs ?? 0);
    expect(beside?.because).toMatchObject({ actor: 'system test', reason: 'more visitors' });
    expect(old?.endBecause).toEqual(beside?.because);
    expect(alone?.endBecause.reason).toBe('no longer needed');
    const cluster = await scene.db.cluster.findFirstOrThrow();
    const vip = intervals.filter(({ resource }) => resource === 'vip');
    expect(lengthOf(vip)).toBe((cluster.deletedAt?.getTime() ?? 0) - cluster.createdAt.getTime());
  }));

it('spares are charged as spares until they are taken, and data volumes by their size', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    await running(scene);
    expect(await scene.ended(await change(scene, 'shop', { nodes: 2, spares: 1 }))).toBe('done');
    const spare = (await vmNames(scene)).at(-1) ?? '';
    expect(await scene.ended(await failOver(scene, 'shop', { from: 'shop-1' }))).toBe('done');
    for (const name of ['shop', 'bank']) expect(await scene.ended(await remove(scene, name))).toBe('done');
    await scene.until('all closed', async () => (await scene.db.usageOpen.count()) === 0);
    await expectLived(scene);
    const { intervals } = await ledgerOf(scene);
    const tiers = intervals.filter(({ subject }) => subject.name === spare).map(({ subject }) => subject.tier);
    expect(tiers).toEqual(['spare', 'overlap', 'service']);
    const volume = await scene.db.volume.findFirstOrThrow();
    const ofVolume = intervals.filter(({ resource }) => resource === 'volume');
    expect(ofVolume.map(({ subject }) => subject.shape.diskGiB)).toEqual([volume.sizeGiB]);
    expect(lengthOf(ofVolume)).toBe((volume.destroyedAt?.getTime() ?? 0) - volume.createdAt.getTime());
  }));

it('a VM that crashes while no orchestrator is there is charged to the moment of its crash', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    await running(scene);
    const { id } = await vmNamed(scene, 'shop-1');
    await scene.until('metered', async () => (await scene.db.usageOpen.count({ where: { resource: 'vm' } })) === 2);
    life.kill();
    await scene.clock.advance(3_600_000);
    const crashedAt = scene.clock.now().getTime();
    scene.world.faults.crashVm(id);
    await scene.clock.advance(7_200_000);
    expect(await scene.db.usageInterval.count()).toBe(0);
    await scene.start();
    await scene.until('closed', async () => (await scene.db.usageInterval.count({ where: { resourceId: id } })) === 1);
    const interval = await scene.db.usageInterval.findFirstOrThrow({ where: { resourceId: id } });
    expect(interval.endedAt.getTime()).toBe(crashedAt);
    expect(interval.endReason).toBe('its process ended by itself');
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    await expectLived(scene);
  }));

it('a VM of a host that lost its power is charged to that moment, once it is proven', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { id, hostId } = await vmNamed(scene, 'shop-1');
    await scene.until('metered', async () => (await scene.db.usageOpen.count({ where: { resource: 'vm' } })) === 2);
    const lostAt = scene.clock.now();
    scene.world.faults.powerOffHost(hostId);
    await scene.clock.advance(10_000);
    expect(await scene.db.usageInterval.count({ where: { resourceId: id } })).toBe(0);
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    const [interval, ...more] = await scene.db.usageInterval.findMany({ where: { resourceId: id } });
    expect(more).toEqual([]);
    expect(interval?.endedAt).toEqual(lostAt);
    const { facts, intervals } = await ledgerOf(scene);
    expect(checkLedger(facts, intervals)).toEqual([]);
  }));

it('killed at every step of a change and of the deletion after it, it charges every moment once', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    await running(scene);
    life.kill();
    const killers = new Set<string>();
    const fate: Fate = (step, act) => {
      const key = `${act} ${step.kind} ${JSON.stringify(step.args)}`;
      if (killers.has(key)) return false;
      killers.add(key);
      return true;
    };
    await scene.start({ fate });
    expect(await scene.ended(await change(scene, 'shop', { shape: LARGE }), { fate: () => fate })).toBe('done');
    expect(await scene.ended(await remove(scene, 'shop'), { fate: () => fate })).toBe('done');
    if (await scene.db.usageOpen.count()) await scene.start();
    await scene.until('all closed', async () => (await scene.db.usageOpen.count()) === 0);
    expect(killers.size).toBeGreaterThan(26);
    await expectLived(scene);
  }));

it('a month that ends cuts what goes on, also where nobody was there when it ended', () =>
  inScene(database, async (scene) => {
    const life = await scene.start();
    await running(scene);
    await scene.until('metered', async () => (await scene.db.usageOpen.count()) === 3);
    life.kill();
    await scene.clock.advance(Date.parse('2026-02-01T00:00:10.000Z') - scene.clock.now().getTime());
    await scene.start();
    await scene.until('cut', async () => (await scene.db.usageInterval.count()) === 3);
    const ends = await scene.db.usageInterval.findMany();
    expect(new Set(ends.map(({ endedAt }) => endedAt.toISOString()))).toEqual(new Set(['2026-02-01T00:00:00.000Z']));
    expect(ends.map(({ endsRun }) => endsRun)).toEqual([false, false, false]);
    await scene.clock.advance(20_000);
    expect(await scene.db.usageInterval.count()).toBe(3);
    const { facts, intervals } = await ledgerOf(scene);
    expect(checkLedger(facts, intervals)).toEqual([]);
  }));

it('an orchestrator whose clock jumps, forth and back, charges what the hypervisor saw and not a second more', () =>
  inScene(database, async (scene) => {
    const hour = 3_600_000;
    let skewMs = 0;
    await scene.clock.advance(Date.parse('2026-01-31T22:00:00.000Z') - scene.clock.now().getTime());
    await scene.start({ skewMs: () => skewMs });
    await running(scene);
    // Into a month that has not begun, and back.
    skewMs = 5 * hour;
    await setCostCentre(
      { ...scene.asAdministrator, clock: () => new Date(scene.clock.now().getTime() + 9 * hour) },
      'shop',
      { costCentre: 'research', reason: 'a clock that is ahead' },
    );
    await scene.until(
      'charged to research',
      async () => (await scene.db.usageOpen.count({ where: { resource: 'vm', costCentre: 'default' } })) === 0,
    );
    await scene.clock.advance(30_000);
    expect(await scene.db.usageInterval.count({ where: { endedAt: { gt: scene.clock.now() } } })).toBe(0);
    skewMs = -7 * hour;
    await scene.clock.advance(60_000);
    skewMs = 0;
    expect(await scene.ended(await remove(scene, 'shop'))).toBe('done');
    await scene.until('all closed', async () => (await scene.db.usageOpen.count()) === 0);
    await expectLived(scene);
  }));
