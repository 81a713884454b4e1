import { afterAll, beforeAll, expect, it } from 'vitest';
import { restartApplication } from '@/lib/usecases/clusters/restart-application';
import { openConsole, readConsole, typeIntoConsole } from '@/lib/usecases/vms/console';
import { readVmLog } from '@/lib/usecases/vms/log';
import { createTestDatabase, inScene, type Scene, type TestDatabase } from './testing';
import { expectNothingLeftOver, running, seenSince, stepsBegun } from './testing-cluster';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Waits for something that real time decides, while virtual time goes on. */
const awaited = async <T>(scene: Scene, what: string, promise: Promise<T>): Promise<T> => {
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  promise.then(over, over);
  await scene.until(what, async () => isOver);
  return promise;
};

it('a console shows what was printed and is printed, takes what is typed, and closes when nobody follows it', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { asAdministrator: admin, db } = scene;
    const looks = await openConsole(admin, 'shop-1', { type: false });
    const types = await openConsole(admin, 'shop-1', { type: true });
    const shows = (id: string, text: string) =>
      scene.until(`${text} on the console`, async () => (await readConsole(admin, id, 0n)).text.includes(text));
    await shows(looks.id, 'shop-1 login:');
    await expect(typeIntoConsole(admin, looks.id, { data: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await typeIntoConsole(admin, types.id, { data: 'whoami-typed' });
    await typeIntoConsole(admin, types.id, { data: '\r' });
    await shows(looks.id, 'whoami-typed\r\n');
    await shows(looks.id, 'does not run programs');
    await scene.until(
      'both are closed',
      async () => (await db.consoleSession.count({ where: { closedAt: null } })) === 0,
    );
    await scene.until('nothing is kept', async () => (await db.consoleChunk.count()) === 0);
    expect(await db.consoleInput.count()).toBe(0);
    await expect(typeIntoConsole(admin, types.id, { data: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    const audit = await db.auditEntry.findMany({
      where: { action: { startsWith: 'vm.console' } },
      orderBy: { seq: 'asc' },
    });
    expect(audit.map(({ action }) => action)).toEqual([
      'vm.console-open',
      'vm.console-open',
      'vm.console-close',
      'vm.console-close',
    ]);
    expect(audit.map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ consoleId: types.id, typedBytes: 'whoami-typed\r'.length }),
    );
    expect(JSON.stringify(audit.map(({ detail }) => detail))).not.toContain('whoami-typed');
  }));

it('an orchestrator that follows another takes its consoles over, and shows nothing twice', () =>
  inScene(database, async (scene) => {
    const first = await scene.start();
    await running(scene);
    const { asAdministrator: admin, db } = scene;
    const vm = await db.vm.findFirstOrThrow({ where: { name: 'shop-1' } });
    // As one that died left it.
    await db.consoleChunk.create({ data: { vmId: vm.id, data: 'seen before\r\n', at: scene.clock.now() } });
    await db.consoleChunk.create({ data: { vmId: 'gone', data: 'nobody looks', at: scene.clock.now() } });
    await first.stop();
    const console = await openConsole(admin, 'shop-1', { type: true });
    await scene.start();
    await scene.until(
      'what nobody wants is removed',
      async () => (await db.consoleChunk.count({ where: { vmId: 'gone' } })) === 0,
    );
    await typeIntoConsole(admin, console.id, { data: 'again\r' });
    const text = async () => (await readConsole(admin, console.id, 0n)).text;
    await scene.until('it is typed', async () => (await text()).includes('again'));
    expect(await text()).toMatch(/^seen before\r\nagain/);
  }));

it('the log of a node is read in its guest, and a guest that does not answer is told', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { asAdministrator: admin, db } = scene;
    const log = await awaited(scene, 'the log', readVmLog(admin, 'shop-1', { lines: 20 }));
    expect(log.text).not.toBe('');
    expect(log.vm.name).toBe('shop-1');
    const vm = await db.vm.findFirstOrThrow({ where: { name: 'shop-2' } });
    await scene.hypervisor.pauseVm(vm.id);
    await expect(awaited(scene, 'no log', readVmLog(admin, 'shop-2', { lines: 20 }))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await db.vmLogRequest.count()).toBe(0);
    expect(await db.auditEntry.count({ where: { action: 'vm.log' } })).toBe(2);
  }));

it("a node's application restarts while the other serves, and no request fails", () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const since = scene.clock.now();
    const preview = await restartApplication(scene.asAdministrator, 'shop', { node: 'shop-1', dryRun: true });
    expect('plan' in preview && preview.plan.kind).toBe('restart');
    const answer = await restartApplication(scene.asAdministrator, 'shop', { node: 'shop-1', dryRun: false });
    if ('plan' in answer) throw new Error('not accepted');
    expect(await scene.ended(answer.operation.id)).toBe('done');
    expect(await stepsBegun(scene, answer.operation.id)).toEqual([
      'drain:shop-1',
      'restartApplication:shop-1',
      'healthy:shop-1',
      'activate:shop-1',
      'verify:shop-1',
    ]);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('where no other node runs the application, requests wait for its restart', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene, {
      requirements: { nodes: 1, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
    });
    const since = scene.clock.now();
    const answer = await restartApplication(scene.asAdministrator, 'shop', { node: 'shop-1', dryRun: false });
    if ('plan' in answer) throw new Error('not accepted');
    expect(await scene.ended(answer.operation.id)).toBe('done');
    expect(await stepsBegun(scene, answer.operation.id)).toContain('holdRequests:shop');
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
  }));
