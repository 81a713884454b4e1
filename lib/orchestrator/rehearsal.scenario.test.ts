import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HurtLabInput } from '@/lib/domain/contract';
import { hurtLab } from '@/lib/usecases/lab/hurt-lab';
import { restoreLab } from '@/lib/usecases/lab/restore-lab';
import { createTestDatabase, inScene, type Scene, type TestDatabase } from './testing';
import { expectNothingLeftOver, running, seenSince, vmNamed, vmNames } from './testing-cluster';

const SMALL = { vcpus: 1, memoryMiB: 256 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const untilFault = (scene: Scene, id: string, state: string): Promise<void> =>
  scene.until(`the fault is ${state}`, async () => {
    const fault = await scene.db.labFault.findUniqueOrThrow({ where: { id } });
    if (fault.state === 'failed' && state !== 'failed') throw new Error(fault.detail ?? 'failed');
    return fault.state === state;
  });

const hurt = async (scene: Scene, input: HurtLabInput): Promise<string> => {
  const { id } = await hurtLab(scene.asAdministrator, input);
  await untilFault(scene, id, input.kind === 'crash-vm' ? 'ended' : 'active');
  return id;
};

const restore = async (scene: Scene, id: string): Promise<void> => {
  await restoreLab(scene.asAdministrator, id);
  await untilFault(scene, id, 'ended');
};

const whole = (scene: Scene): Promise<void> =>
  scene.until(
    'the cluster is whole',
    async () =>
      (await scene.db.cluster.findFirstOrThrow()).state === 'running' &&
      (await scene.db.operation.count({ where: { state: { in: ['pending', 'running', 'undoing'] } } })) === 0 &&
      (await scene.db.alarm.count({ where: { resolvedAt: null } })) === 0,
  );

const replacements = (scene: Scene): Promise<number> => scene.db.operation.count({ where: { kind: 'replace' } });

it('a VM that is crashed on purpose is replaced like any other, and who did it is written down', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const id = await hurt(scene, { kind: 'crash-vm', target: 'shop-1', reason: 'drill' });
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    await whole(scene);
    expect(await scene.db.auditEntry.findFirstOrThrow({ where: { action: 'lab.hurt' } })).toMatchObject({
      actor: 'system test',
      subject: 'vm/shop-1',
      reason: 'drill',
    });
    await expect(restoreLab(scene.asAdministrator, id)).rejects.toMatchObject({ code: 'wrong_state' });
    await expectNothingLeftOver(scene);
  }));

it('a host whose power is taken is fenced and its node replaced; it takes VMs again when it has its power back', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const { hostId } = await vmNamed(scene, 'shop-1');
    const id = await hurt(scene, { kind: 'power-off-host', target: hostId });
    await expect(hurtLab(scene.asAdministrator, { kind: 'power-off-host', target: hostId })).rejects.toMatchObject({
      code: 'conflict',
    });
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-2,shop-3');
    await restore(scene, id);
    await scene.until('it is up', async () => (await scene.db.host.count({ where: { state: 'up' } })) === 4);
    await scene.until('what was left of it is gone', async () => (await scene.hypervisor.listVms()).length === 2);
    await whole(scene);
    expect((await seenSince(scene, shop.id, since)).longestGapMs).toBeLessThan(2_000);
    await expectNothingLeftOver(scene);
  }));

it.each(['both', 'incoming', 'outgoing'] as const)(
  'a site that is cut off (%s) doubles nothing stateful, and all is as it was when it is restored',
  (direction) =>
    inScene(database, async (scene) => {
      await scene.start();
      await running(scene, {
        name: 'bank',
        workload: 'ledger',
        requirements: { nodes: 2, shape: SMALL, spread: 'site', spares: 0 },
      });
      const { host } = await vmNamed(scene, 'bank-1');
      const id = await hurt(scene, { kind: 'cut-site', target: host.siteId, direction });
      await scene.until(
        'people are asked about both of its hosts',
        async () => (await scene.db.alarm.count({ where: { kind: 'fence-in-doubt', resolvedAt: null } })) === 2,
      );
      await scene.clock.advance(60_000);
      expect(await vmNames(scene)).toEqual(['bank-1', 'bank-2']);
      await restore(scene, id);
      await whole(scene);
      expect(await replacements(scene)).toBe(0);
      await expectNothingLeftOver(scene);
    }),
);

it('a VM that is paused for a moment goes on, and is not replaced; one that is paused for long is, and may be let go', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { requirements: { nodes: 3, shape: SMALL, spread: 'host', spares: 0 } });
    const short = await hurt(scene, { kind: 'pause-vm', target: 'shop-2' });
    await scene.clock.advance(15_000);
    await restore(scene, short);
    await whole(scene);
    expect(await replacements(scene)).toBe(0);
    const long = await hurt(scene, { kind: 'pause-vm', target: 'shop-2' });
    await scene.until('replaced', async () => (await vmNames(scene)).join() === 'shop-1,shop-3,shop-4');
    await restore(scene, long);
    const { detail } = await scene.db.labFault.findUniqueOrThrow({ where: { id: long } });
    expect(detail).toContain('It was over');
    await whole(scene);
    await expectNothingLeftOver(scene);
  }));

it('a disk that is filled is emptied again; harm to what is not there is refused', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { id: vmId } = await vmNamed(scene, 'shop-1');
    const id = await hurt(scene, { kind: 'fill-disk', target: 'shop-1' });
    const write = () => scene.clock.run(() => scene.hypervisor.guest(vmId).writeFile('/root/x', 'x'));
    await expect(write()).rejects.toMatchObject({ code: 'guest_failed' });
    await restore(scene, id);
    await write();
    for (const kind of ['crash-vm', 'cut-host', 'cut-site'] as const)
      await expect(hurtLab(scene.asAdministrator, { kind, target: 'nowhere' })).rejects.toMatchObject({
        code: 'not_found',
      });
  }));
