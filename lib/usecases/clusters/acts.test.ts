import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseInput } from '@/lib/api/parse';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { type ChangeRequirementsInput, changeRequirementsSchema, createClusterSchema } from '@/lib/domain/contract';
import { systemActor } from '../context';
import { cancelOperation } from '../operations/cancel-operation';
import { retryOperation } from '../operations/retry-operation';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_LEDGER, TEST_WORKLOAD } from '../testing';
import { acceptCluster, createInput, executePlan, runningCluster } from '../testing-cluster';
import { changeRequirements } from './change-requirements';
import { createCluster } from './create-cluster';
import { deleteCluster } from './delete-cluster';
import { failover } from './failover';
import { getCluster } from './get-cluster';
import { listRevisions } from './list-revisions';
import { recoverCluster } from './recover-cluster';
import { revertRequirements } from './revert-requirements';
import { setLoad } from './set-load';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  await insertWorkload(database.prisma, TEST_LEDGER);
});
afterEach(async () => {
  await database.pool.query('truncate "Site", "Workload", "Event", "AuditEntry" cascade');
});
afterAll(() => database.close());

const context = () => contextOf(database.prisma, 'operator');
const change = (input: Partial<ChangeRequirementsInput>, name = 'shop') =>
  changeRequirements(context(), name, { dryRun: false, ...input });

const expectRefused = async (act: () => Promise<unknown>, code: string): Promise<void> => {
  const before = await countRows(database.prisma);
  await expect(act()).rejects.toMatchObject({ code });
  expect(await countRows(database.prisma)).toEqual(before);
};

describe('creating a cluster', () => {
  it('records cluster, first revision, operation, events and audit entry at once', async () => {
    const { cluster, operation } = await acceptCluster(database.prisma);
    expect(cluster).toMatchObject({ name: 'shop', state: 'creating', generation: 1, workload: 'web', stateful: false });
    expect(cluster.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(cluster.activeOperation).toMatchObject({ id: operation.id, kind: 'create', state: 'pending' });
    expect(await countRows(database.prisma)).toMatchObject({ cluster: 1, revision: 1, operation: 1, audit: 1 });
    const row = await database.prisma.operation.findUniqueOrThrow({ where: { id: operation.id } });
    expect(row).toMatchObject({ requestedBy: 'admin@example.org', state: 'pending' });
    expect(row.planHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('begins at the instant of its operation, though the clock goes on, so that usage finds its reason', async () => {
    let nowMs = Date.UTC(2026, 0, 1);
    const clock = () => {
      nowMs += 1;
      return new Date(nowMs);
    };
    await createCluster({ ...context(), clock }, createInput());
    const { createdAt, operations } = await database.prisma.cluster.findFirstOrThrow({ include: { operations: true } });
    expect(operations.map((operation) => operation.createdAt)).toEqual([createdAt]);
  });

  it('as a dry run shows the plan and records nothing', async () => {
    const before = await countRows(database.prisma);
    const answer = await createCluster(context(), createInput({ dryRun: true }));
    expect('plan' in answer && answer.plan.creates).toHaveLength(2);
    expect(await countRows(database.prisma)).toEqual(before);
  });

  it('never clashes with another at once: names, addresses, ports and room', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'f', 'f'];
    const results = await Promise.allSettled(names.map((name) => acceptCluster(database.prisma, { name })));
    const refusals = results.flatMap((r) => (r.status === 'rejected' ? [r.reason.code] : []));
    expect(refusals).toEqual(['name_taken', 'name_taken']);
    const rows = await database.prisma.cluster.findMany();
    for (const key of ['name', 'vip', 'virtualRouterId', 'gatewayPort'] as const) {
      expect(new Set(rows.map((row) => row[key])).size).toBe(6);
    }
  });

  it('counts what accepted plans will take, so that many at once fill the hosts and no more', async () => {
    const big = { nodes: 1, shape: { vcpus: 8, memoryMiB: 1024 }, spread: 'none' as const, spares: 0 };
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const results = await Promise.allSettled(
      names.map((name) => acceptCluster(database.prisma, { name, requirements: big })),
    );
    const codes = results.map((r) => (r.status === 'fulfilled' ? 'accepted' : r.reason.code)).sort();
    expect(codes).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'no_capacity', 'no_capacity']);
  });

  it('refuses what is impossible, and nothing is written', async () => {
    const requirements = createInput().requirements;
    await expectRefused(() => acceptCluster(database.prisma, { workload: 'nothing' }), 'workload_unknown');
    await expectRefused(
      () => acceptCluster(database.prisma, { requirements: { ...requirements, nodes: 5, spread: 'host' } }),
      'no_capacity',
    );
    await acceptCluster(database.prisma);
    await expectRefused(() => acceptCluster(database.prisma), 'name_taken');
  });
});

describe('malformed requirements', () => {
  const at = (requirements: object) => () =>
    parseInput(createClusterSchema, { name: 'shop', workload: 'web', requirements });
  const shape = { vcpus: 1, memoryMiB: 256 };

  it.each([
    ['zero nodes', at({ nodes: 0, shape }), 'requirements.nodes'],
    [
      'memory that a guest cannot take',
      at({ nodes: 1, shape: { ...shape, memoryMiB: 300 } }),
      'requirements.shape.memoryMiB',
    ],
    ['a shape beyond every limit', at({ nodes: 1, shape: { ...shape, vcpus: 99 } }), 'requirements.shape.vcpus'],
    ['an unknown spread', at({ nodes: 1, shape, spread: 'rack' }), 'requirements.spread'],
    ['half a node', () => parseInput(changeRequirementsSchema, { nodes: 1.5 }), 'nodes'],
    ['an unknown mode', () => parseInput(changeRequirementsSchema, { mode: 'hope' }), 'mode'],
  ])('with %s are refused by field', (_what, parse, field) => {
    expect(parse).toThrow(
      expect.objectContaining({ code: 'malformed', details: { fields: [expect.objectContaining({ field })] } }),
    );
  });
});

describe('changing requirements', () => {
  const larger = { vcpus: 2, memoryMiB: 512 };

  it('raises the generation, keeps every revision, and shows the very plan that it applies', async () => {
    await runningCluster(database.prisma);
    const shown = await change({ shape: larger, dryRun: true });
    const again = await change({ shape: larger, dryRun: true });
    if (!('plan' in shown) || !('plan' in again)) throw new Error('no plan');
    expect(again.plan.hash).toBe(shown.plan.hash);
    const answer = await change({ shape: larger, generation: 1, planHash: shown.plan.hash, reason: 'sale' });
    if ('plan' in answer) throw new Error('not accepted');
    expect(answer.cluster.generation).toBe(2);
    const row = await database.prisma.operation.findUniqueOrThrow({ where: { id: answer.operation.id } });
    expect(row).toMatchObject({ planHash: shown.plan.hash, reason: 'sale', requestedBy: 'operator@example.org' });
    const { items } = await listRevisions(context(), 'shop', { limit: 10 });
    expect(items.map((r) => [r.generation, r.requirements.shape.memoryMiB, r.author, r.reason])).toEqual([
      [2, 512, 'operator@example.org', 'sale'],
      [1, 256, 'admin@example.org', ''],
    ]);
  });

  it('never gives a name or id to two VMs', async () => {
    await runningCluster(database.prisma);
    for (const memoryMiB of [512, 256]) {
      const answer = await change({ shape: { vcpus: 1, memoryMiB } });
      if ('plan' in answer) throw new Error('not accepted');
      await executePlan(database.prisma, answer.operation.id);
    }
    const vms = await database.prisma.vm.findMany();
    expect(vms).toHaveLength(6);
    expect(vms.map((vm) => vm.name).sort()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `shop-${n}`));
  });

  it('is refused when what the caller saw is stale, or an operation is under way', async () => {
    await runningCluster(database.prisma);
    await expectRefused(() => change({ nodes: 3, generation: 7 }), 'stale_generation');
    await expectRefused(() => change({ nodes: 3, planHash: 'another' }), 'stale_plan');
    await change({ nodes: 3 });
    await expectRefused(() => change({ nodes: 4 }), 'operation_active');
    await expectRefused(() => failover(context(), 'shop', { from: 'shop-1', dryRun: false }), 'operation_active');
    await expectRefused(() => deleteCluster(context(), 'shop', { confirmName: 'shop' }), 'operation_active');
  });

  it('is accepted once when many ask at once', async () => {
    await runningCluster(database.prisma);
    const results = await Promise.allSettled([3, 4, 3, 4].map((nodes) => change({ nodes })));
    const refusals = results.flatMap((r) => (r.status === 'rejected' ? [r.reason.code] : []));
    expect(refusals).toEqual(['operation_active', 'operation_active', 'operation_active']);
    expect((await getCluster(context(), 'shop')).generation).toBe(2);
  });

  it('is refused when it is impossible, and nothing is written', async () => {
    await runningCluster(database.prisma);
    await expectRefused(() => change({}), 'impossible');
    await expectRefused(() => change({ nodes: 5 }), 'no_capacity');
    await expectRefused(() => change({ shape: { vcpus: 8, memoryMiB: 16_384 } }), 'no_capacity');
    const twice = [
      { from: 'shop-1', to: 'new-1' },
      { from: 'shop-2', to: 'new-1' },
    ];
    await expectRefused(() => change({ shape: larger, pairing: twice }), 'pairing_invalid');
    await expectRefused(() => change({ shape: larger, pairing: [{ from: 'bank-1', to: 'new-1' }] }), 'pairing_invalid');
    await expectRefused(() => change({ nodes: 3 }, 'bank'), 'not_found');
  });

  it('that ends undone gets its old requirements back as a new revision, once', async () => {
    await runningCluster(database.prisma);
    const answer = await change({ shape: larger, reason: 'sale' });
    if ('plan' in answer) throw new Error('not accepted');
    const revert = () =>
      database.prisma.$transaction((tx) => revertRequirements(tx, contextOf(database.prisma), answer.operation.id));
    expect(await revert()).toBe(true);
    await database.prisma.operation.update({ where: { id: answer.operation.id }, data: { state: 'undone' } });
    expect(await revert()).toBe(false);
    const { items } = await listRevisions(context(), 'shop', { limit: 10 });
    expect(items[0]).toMatchObject({
      generation: 3,
      reason: 'undone: sale',
      requirements: { shape: { vcpus: 1, memoryMiB: 256 } },
    });
    expect(items).toHaveLength(3);
    expect((await getCluster(context(), 'shop')).requirements.shape.memoryMiB).toBe(256);
  });
});

describe('other acts on a cluster', () => {
  it('fail a node over to a host of choice', async () => {
    await runningCluster(database.prisma);
    const [node] = (await getCluster(context(), 'shop')).nodes;
    const taken = new Set((await getCluster(context(), 'shop')).nodes.map((n) => n.host));
    const to = ['paris-1', 'paris-2', 'lyon-1', 'lyon-2'].find((host) => !taken.has(host)) ?? '';
    const answer = await failover(context(), 'shop', { from: node?.name ?? '', to, dryRun: true });
    if (!('plan' in answer)) throw new Error('no plan');
    expect(answer.plan.creates.map((vm) => vm.hostName)).toEqual([to]);
    expect(answer.plan.removes.map((vm) => vm.name)).toEqual([node?.name]);
  });

  it('refuse a failover of what is no node', async () => {
    await runningCluster(database.prisma);
    await expectRefused(() => failover(context(), 'shop', { from: 'shop-9', dryRun: false }), 'not_found');
    await expectRefused(
      () => failover(context(), 'shop', { from: 'shop-1', to: 'atlantis', dryRun: false }),
      'impossible',
    );
  });

  it('replace a failed node, as the reconciler asks for it', async () => {
    await runningCluster(database.prisma);
    const failed = await database.prisma.vm.findFirstOrThrow({ where: { name: 'shop-1' } });
    await database.prisma.node.update({ where: { vmId: failed.id }, data: { state: 'failed', healthy: false } });
    const system = { ...context(), actor: systemActor('reconciler') };
    const { operation } = await recoverCluster(system, 'shop', { reason: 'shop-1 failed' });
    const row = await database.prisma.operation.findUniqueOrThrow({ where: { id: operation.id } });
    expect(row).toMatchObject({ kind: 'replace', requestedBy: 'system reconciler', reason: 'shop-1 failed' });
    await executePlan(database.prisma, operation.id);
    const { nodes, generation } = await getCluster(context(), 'shop');
    expect(nodes.map((node) => node.name).sort()).toEqual(['shop-2', 'shop-3']);
    expect(generation).toBe(1);
  });

  it('delete it only when its name was typed again', async () => {
    await runningCluster(database.prisma);
    await expectRefused(() => deleteCluster(context(), 'shop', { confirmName: 'Shop' }), 'confirmation_required');
    const { operation, cluster } = await deleteCluster(context(), 'shop', { confirmName: 'shop' });
    expect(cluster.state).toBe('deleting');
    await executePlan(database.prisma, operation.id);
    await expect(getCluster(context(), 'shop')).rejects.toMatchObject({ code: 'not_found' });
    await acceptCluster(database.prisma);
  });

  it('set its load only while it serves', async () => {
    const load = { requestsPerSecond: 50, path: '/', slowStreams: 2 };
    const { operation } = await acceptCluster(database.prisma);
    await expectRefused(() => setLoad(context(), 'shop', load), 'wrong_state');
    await executePlan(database.prisma, operation.id);
    expect(await setLoad(context(), 'shop', load)).toEqual({ load });
    expect((await database.prisma.cluster.findFirstOrThrow()).load).toEqual(load);
  });

  it('cancel an operation until it has ended, and retry one that is stuck', async () => {
    const { operation } = await acceptCluster(database.prisma);
    await expectRefused(() => retryOperation(context(), operation.id), 'wrong_state');
    expect(await cancelOperation(context(), operation.id)).toMatchObject({ cancelRequested: true, state: 'pending' });
    await database.prisma.operation.update({ where: { id: operation.id }, data: { state: 'stuck' } });
    await expectRefused(() => cancelOperation(context(), operation.id), 'wrong_state');
    expect(await retryOperation(context(), operation.id)).toMatchObject({ state: 'running', cancelRequested: false });
    const log = await database.prisma.operationEvent.findMany({ where: { operationId: operation.id } });
    expect(log.map((entry) => entry.seq)).toEqual([1]);
  });
});
