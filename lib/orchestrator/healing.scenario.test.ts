import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECOVERIES_PER_HOUR } from '@/lib/domain/health';
import { recoverCluster } from '@/lib/usecases/clusters/recover-cluster';
import { clusterHealth } from '@/lib/usecases/health/cluster-health';
import { confirmHostOff } from '@/lib/usecases/hosts/confirm-off';
import { createTestDatabase, inScene, type Scene, type TestDatabase } from './testing';
import { expectNothingLeftOver, running, seenSince, vmNamed, vmNames } from './testing-cluster';

const SMALL = { vcpus: 1, memoryMiB: 256 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const whole = (scene: Scene, limitMs?: number): Promise<void> =>
  scene.until(
    'all clusters are whole',
    async () =>
      (await scene.db.cluster.count({ where: { state: { not: 'running' } } })) === 0 &&
      (await scene.db.operation.count({ where: { state: { in: ['pending', 'running', 'undoing'] } } })) === 0,
    limitMs,
  );

const openAlarms = async (scene: Scene): Promise<readonly string[]> => {
  const alarms = await scene.db.alarm.findMany({
    where: { resolvedAt: null },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  });
  return alarms.map(({ kind, name }) => `${kind} ${name}`);
};

const untilAlarm = (scene: Scene, alarm: string): Promise<void> =>
  scene.until(`alarm ${alarm}`, async () => (await openAlarms(scene)).includes(alarm));
const untilQuiet = (scene: Scene): Promise<void> =>
  scene.until('no alarm is open', async () => (await openAlarms(scene)).length === 0);

const untilLost = (scene: Scene, name: string): Promise<void> =>
  scene.until(`${name} is gone`, async () => !(await vmNames(scene)).includes(name));

/** VMs in the world whose application has its data volume mounted and runs. */
const statefulCopies = (scene: Scene): readonly string[] =>
  [...scene.world.state.vms.values()]
    .filter((vm) => vm.run === 'running' && vm.member?.application === 'up' && vm.member.view.workload.volume !== null)
    .map((vm) => vm.name);

it('a host that is lost with four nodes of two clusters: all are back elsewhere, each by one operation, none twice', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const requirements = { nodes: 4, shape: SMALL, spread: 'none' as const, spares: 0 };
    const hosts = ['paris-1', 'lyon-1'];
    const shop = await running(scene, { name: 'shop', requirements, hosts });
    const cafe = await running(scene, { name: 'cafe', requirements, hosts });
    expect(await scene.db.vm.count({ where: { hostId: 'paris-1' } })).toBe(4);
    const since = scene.clock.now();
    scene.world.faults.powerOffHost('paris-1');
    await scene.until('it is fenced', async () => (await scene.db.fence.count()) === 1);
    await whole(scene);
    const recoveries = await scene.db.operation.findMany({ where: { kind: 'replace' } });
    expect(recoveries.map(({ clusterId, state }) => [clusterId, state]).sort()).toEqual(
      [shop.id, cafe.id].map((id) => [id, 'done']).sort(),
    );
    for (const { id } of [shop, cafe]) {
      const nodes = await scene.db.node.findMany({ where: { clusterId: id, state: 'active' }, include: { vm: true } });
      expect(nodes.length).toBe(4);
      expect(nodes.map((node) => node.vm.hostId)).not.toContain('paris-1');
      expect((await seenSince(scene, id, since)).longestGapMs).toBeLessThan(2_000);
    }
    scene.world.faults.powerOnHost('paris-1');
    await scene.until('what was left of them is gone', async () => (await scene.hypervisor.listVms()).length === 8);
    await scene.clock.advance(5_000);
    await expectNothingLeftOver(scene);
    expect(await openAlarms(scene)).toEqual([]);
  }));

it('a site that is lost: the cluster spread over sites goes on serving, and is made whole at the other site', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene, { requirements: { nodes: 4, shape: SMALL, spread: 'site', spares: 0 } });
    const since = scene.clock.now();
    for (const host of ['paris-1', 'paris-2']) scene.world.faults.powerOffHost(host);
    await scene.until('both hosts are fenced', async () => (await scene.db.fence.count()) === 2);
    await whole(scene);
    const nodes = await scene.db.node.findMany({ where: { state: 'active' }, include: { vm: true } });
    expect(nodes.map(({ vm }) => vm.hostId).sort()).toEqual(['lyon-1', 'lyon-1', 'lyon-2', 'lyon-2']);
    expect((await seenSince(scene, shop.id, since)).longestGapMs).toBeLessThan(2_000);
  }));

it('a site that is cut off without proof: the rest goes on serving, nothing is built, and people are asked', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene, { requirements: { nodes: 4, shape: SMALL, spread: 'site', spares: 0 } });
    const before = await vmNames(scene);
    for (const host of ['paris-1', 'paris-2']) scene.world.faults.cutHost(host);
    await untilAlarm(scene, 'fence-in-doubt paris-1');
    await untilAlarm(scene, 'fence-in-doubt paris-2');
    const since = scene.clock.now();
    await scene.clock.advance(60_000);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    expect(await vmNames(scene)).toEqual(before);
    for (const host of ['paris-1', 'paris-2']) scene.world.faults.healHost(host);
    await whole(scene);
    await untilQuiet(scene);
    expect(await scene.db.operation.count({ where: { kind: 'replace' } })).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('a stateful node whose host lost its power is built elsewhere with its data', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    const { hostId } = await vmNamed(scene, 'bank-1');
    scene.world.faults.powerOffHost(hostId);
    await untilLost(scene, 'bank-1');
    await whole(scene);
    expect(await vmNames(scene)).toEqual(['bank-2', 'bank-3']);
    expect((await vmNamed(scene, 'bank-3')).node?.runsApplication).toBe(true);
    expect(statefulCopies(scene)).toEqual(['bank-3']);
    scene.world.faults.powerOnHost(hostId);
    await scene.until('what was left of it is gone', async () => (await scene.hypervisor.listVms()).length === 2);
    await expectNothingLeftOver(scene);
  }));

it('a host cut off from everybody: nothing stateful is doubled until a person confirms that it is off', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    const { hostId, host } = await vmNamed(scene, 'bank-1');
    scene.world.faults.cutHost(hostId, { powerController: false });
    await untilAlarm(scene, `fence-in-doubt ${host.name}`);
    const [node] = (await clusterHealth(scene.asAdministrator, 'bank')).nodes;
    expect(node).toMatchObject({ node: 'bank-1', verdict: 'unknown', witnesses: { process: 'unknown' } });
    await scene.clock.advance(120_000);
    expect(statefulCopies(scene)).toEqual(['bank-1']);
    const reason = 'its cable was pulled in front of me';
    await expect(
      confirmHostOff(scene.asAdministrator, host.name, { confirmName: 'another', reason }),
    ).rejects.toMatchObject({ code: 'confirmation_required' });
    // As it is said: the host is off now.
    scene.world.faults.powerOffHost(hostId);
    await confirmHostOff(scene.asAdministrator, host.name, { confirmName: host.name, reason });
    await untilLost(scene, 'bank-1');
    await whole(scene);
    expect(statefulCopies(scene)).toEqual(['bank-3']);
    expect(await scene.db.fence.findFirstOrThrow({ where: { liftedAt: null } })).toMatchObject({
      subject: `host/${hostId}`,
      method: 'confirmed-by-person',
      by: 'system test',
    });
    const { reason: why } = await scene.db.auditEntry.findFirstOrThrow({ where: { action: 'host.confirm-off' } });
    expect(why).toBe(reason);
    await untilQuiet(scene);
  }));

it('a host that a person took for off, wrongly, comes back empty: what ran on it is ended before anything else', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    const { hostId, host } = await vmNamed(scene, 'bank-1');
    scene.world.faults.cutHost(hostId, { powerController: false });
    await untilAlarm(scene, `fence-in-doubt ${host.name}`);
    await confirmHostOff(scene.asAdministrator, host.name, { confirmName: host.name, reason: 'I was told' });
    await untilLost(scene, 'bank-1');
    await whole(scene);
    scene.world.faults.healHost(hostId);
    await scene.until(
      'it is up',
      async () => (await scene.db.host.findUniqueOrThrow({ where: { id: hostId } })).state === 'up',
    );
    expect(statefulCopies(scene)).toEqual(['bank-3']);
    expect(await scene.db.fence.count({ where: { liftedAt: null } })).toBe(0);
    await scene.until('what was left of it is gone', async () => (await scene.hypervisor.listVms()).length === 2);
    await expectNothingLeftOver(scene);
  }));

it('a VM that hangs is suspect, then fenced with evidence and replaced; every verdict is kept', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene, { requirements: { nodes: 3, shape: SMALL, spread: 'host', spares: 0 } });
    const { id } = await vmNamed(scene, 'shop-1');
    await scene.until('it is known to be well', async () => (await scene.db.nodeHealth.count()) === 3);
    const since = scene.clock.now();
    scene.world.faults.hangVm(id);
    await untilLost(scene, 'shop-1');
    await whole(scene);
    const changes = await scene.db.healthChange.findMany({ where: { vmId: id }, orderBy: { id: 'asc' } });
    expect(changes.map(({ verdict }) => verdict)).toEqual(['healthy', 'suspect', 'lost']);
    expect(changes.at(-1)).toMatchObject({
      before: 'suspect',
      witnesses: { process: 'paused', guest: { answers: false } },
    });
    expect(await scene.db.fence.findFirst({ where: { subject: `vm/${id}` } })).toMatchObject({ method: 'simulated' });
    expect((await seenSince(scene, shop.id, since)).longestGapMs).toBeLessThan(2_000);
    await expectNothingLeftOver(scene);
  }));

it('a VM that hangs and whose end nobody acknowledges is not replaced, and is left in peace when it goes on', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { name: 'bank', workload: 'ledger' });
    const { id, hostId } = await vmNamed(scene, 'bank-1');
    scene.world.faults.setFenceAcknowledged(hostId, false);
    scene.world.faults.hangVm(id);
    await untilAlarm(scene, 'fence-in-doubt bank-1');
    await scene.clock.advance(60_000);
    expect(await vmNames(scene)).toEqual(['bank-1', 'bank-2']);
    scene.world.faults.unhangVm(id);
    await untilQuiet(scene);
    await whole(scene);
    expect(await scene.db.operation.count({ where: { kind: 'replace' } })).toBe(0);
  }));

it('a node whose application does not come back is replaced', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { requirements: { nodes: 3, shape: SMALL, spread: 'host', spares: 0 } });
    scene.world.faults.crashApplication((await vmNamed(scene, 'shop-2')).id);
    await untilLost(scene, 'shop-2');
    await whole(scene);
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-3', 'shop-4']);
    await expectNothingLeftOver(scene);
  }));

it('a fault that strikes all nodes alike makes none of them be given up, and people are told', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    for (const name of ['shop-1', 'shop-2']) scene.world.faults.crashApplication((await vmNamed(scene, name)).id);
    await untilAlarm(scene, 'nobody-works shop');
    await scene.clock.advance(180_000);
    expect(await vmNames(scene)).toEqual(['shop-1', 'shop-2']);
    expect(await scene.db.fence.count()).toBe(0);
  }));

it('a spare that is ready takes over from a lost node first, and a spare lost with its host is built anew', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { requirements: { nodes: 2, shape: SMALL, spread: 'none', spares: 2 } });
    const spares = await scene.db.vm.findMany({ where: { role: 'spare' }, orderBy: { name: 'asc' } });
    const node = await vmNamed(scene, 'shop-1');
    const other = spares.find((spare) => spare.hostId !== node.hostId);
    scene.world.faults.powerOffHost(node.hostId);
    await untilLost(scene, 'shop-1');
    await whole(scene);
    await scene.until(
      'two spares wait again',
      async () => (await scene.db.vm.count({ where: { role: 'spare', state: 'running' } })) === 2,
    );
    expect(other).toBeDefined();
    expect((await vmNamed(scene, other?.name ?? '')).role).toBe('node');
    const hosts = (await scene.db.vm.findMany({ where: { state: 'running' } })).map((vm) => vm.hostId);
    expect(hosts).not.toContain(node.hostId);
  }));

it('a cluster is recovered by itself only so often within the hour, then people are told when it goes on or let it', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    for (let n = 1; n <= RECOVERIES_PER_HOUR; n += 1) {
      const victim = await scene.db.vm.findFirstOrThrow({ where: { state: 'running' }, orderBy: { createdAt: 'asc' } });
      scene.world.faults.crashVm(victim.id);
      await untilLost(scene, victim.name);
      await whole(scene);
    }
    const victim = await scene.db.vm.findFirstOrThrow({ where: { state: 'running' }, orderBy: { createdAt: 'asc' } });
    scene.world.faults.crashVm(victim.id);
    await untilAlarm(scene, 'recovery-limit shop');
    const { message } = await scene.db.alarm.findFirstOrThrow({ where: { kind: 'recovery-limit', resolvedAt: null } });
    expect(message).toContain(`${victim.name} is lost and not replaced.`);
    expect(message).toMatch(/goes on by itself at \d{4}-/);
    await scene.clock.advance(30_000);
    expect(await scene.db.operation.count({ where: { kind: 'replace' } })).toBe(RECOVERIES_PER_HOUR);
    const person = {
      ...scene.asAdministrator,
      actor: { kind: 'user', id: 'ada', name: 'ada@example.org', role: 'operator' } as const,
    };
    const { operation } = await recoverCluster(person, 'shop', { reason: 'the cause is found' });
    expect(await scene.ended(operation.id)).toBe('done');
    await whole(scene);
    await untilQuiet(scene);
  }));

it('a lost node for which there is no room is told, and replaced as soon as there is room', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene, { requirements: { nodes: 4, shape: SMALL, spread: 'host', spares: 0 } });
    const { hostId } = await vmNamed(scene, 'shop-1');
    scene.world.faults.powerOffHost(hostId);
    await untilAlarm(scene, 'recovery-blocked shop');
    scene.world.faults.powerOnHost(hostId);
    await untilLost(scene, 'shop-1');
    await whole(scene);
    await untilQuiet(scene);
    await expectNothingLeftOver(scene);
  }));

it('two VIP holders, on either side of a cut, raise an alarm and are one again, with the cut still there', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    await scene.until(
      'the holder is known',
      async () => (await scene.db.node.count({ where: { holdsVip: true } })) === 1,
    );
    const holder = await scene.db.node.findFirstOrThrow({ where: { holdsVip: true }, include: { vm: true } });
    scene.world.faults.cutHost(holder.vm.hostId, { management: false, powerController: true });
    await untilAlarm(scene, 'two-vip-holders shop');
    await untilQuiet(scene);
    const claims = await Promise.all(
      (await scene.db.node.findMany()).map(async ({ vmId }) => (await scene.clustering.status(vmId)).holdsVip),
    );
    expect(claims.filter((holds) => holds).length).toBe(1);
    const since = scene.clock.now();
    await scene.clock.advance(60_000);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    scene.world.faults.healHost(holder.vm.hostId);
    await whole(scene);
    await scene.until(
      'both stand for the VIP again',
      async () => (await scene.db.node.count({ where: { vrrpState: 'fault' } })) === 0,
    );
    await expectNothingLeftOver(scene);
  }));
