import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { type PolicyInput, policySchema } from '@/lib/domain/policy/schema';
import { askedRoleAt } from '../recommendations/expire';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { backtestPolicy, backtestRules } from './backtest-policy';
import { getCalendar } from './calendar-year';
import { createPolicy } from './create-policy';
import { getPolicy, listEvaluations, listPolicies } from './policies';
import { recordEvaluations, removeEvaluationsBefore } from './record-evaluations';
import { readDemand, readSeries } from './series';
import { deletePolicy, updatePolicy } from './update-policy';

let database: TestDatabase;
let clusterId: string;
const START = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  ({ id: clusterId } = await runningCluster(database.prisma));
});
afterAll(() => database.close());

const context = () => contextOf(database.prisma, 'operator');
const input = (change: object = {}): PolicyInput =>
  policySchema.parse({
    name: 'peak',
    cluster: 'shop',
    rule: {
      kind: 'threshold',
      metric: 'cpu',
      up: { above: 0.8, forMs: 10_000, step: { nodes: 1 } },
      down: { below: 0.7, step: { nodes: 1 } },
    },
    bounds: { nodesMax: 4 },
    ...change,
  });

describe('policies', () => {
  it('are kept with author and revision, warn at once, and refuse a name that is taken', async () => {
    const made = await createPolicy(context(), input());
    expect(made).toMatchObject({
      mode: 'observe',
      enabled: true,
      revision: 1,
      cluster: { name: 'shop' },
      createdBy: 'operator@example.org',
    });
    expect(made.warnings).toEqual([expect.stringContaining('Shrinking would at once ask for growth again')]);
    const before = await countRows(database.prisma);
    await expect(createPolicy(context(), input())).rejects.toMatchObject({ code: 'name_taken' });
    await expect(createPolicy(context(), input({ name: 'other', cluster: 'none' }))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await countRows(database.prisma)).toEqual(before);
  });

  it('change where they are told to, and only there', async () => {
    const before = await getPolicy(context(), 'peak');
    const after = await updatePolicy(context(), 'peak', { mode: 'approval' });
    expect(after).toMatchObject({ mode: 'approval', revision: 2, enabled: true });
    expect(after.rule).toEqual(before.rule);
    expect((await listPolicies(context(), { limit: 10, cluster: 'shop' })).items).toHaveLength(1);
    expect((await listPolicies(context(), { limit: 10, cluster: 'none' })).items).toEqual([]);
  });

  it('show what they last decided, page by page', async () => {
    const { id } = await getPolicy(context(), 'peak');
    const size = { nodes: 2, vcpus: 1, memoryMiB: 256 };
    const decision = {
      from: size,
      to: size,
      wants: size,
      value: 0.5,
      trigger: null,
      hold: { code: 'in-band' },
    } as const;
    await recordEvaluations(
      database.prisma,
      [0, 10, 20].map((seconds) => ({
        policyId: id,
        at: at(seconds),
        decision: { ...decision, outcome: seconds === 10 ? ('grow' as const) : ('none' as const) },
        code: 'in-band',
        reason: `at ${seconds}`,
        operationId: null,
        recommendationId: null,
      })),
    );
    expect((await getPolicy(context(), 'peak')).lastEvaluation).toMatchObject({ reason: 'at 20', value: 0.5 });
    const first = await listEvaluations(context(), 'peak', { limit: 2 });
    expect(first.items.map((item) => item.reason)).toEqual(['at 20', 'at 10']);
    const second = await listEvaluations(context(), 'peak', { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map((item) => item.reason)).toEqual(['at 0']);
    expect((await listEvaluations(context(), 'peak', { limit: 9, acted: true })).items).toHaveLength(1);
    await removeEvaluationsBefore(database.prisma, at(15));
    expect((await listEvaluations(context(), 'peak', { limit: 9 })).items).toHaveLength(1);
  });
});

it('calendars are shown day by day, of all clusters or of one', async () => {
  const rule = {
    kind: 'calendar',
    zone: 'Europe/Paris',
    base: { nodes: 2 },
    entries: [{ name: 'sales', size: { nodes: 4 }, when: { kind: 'dates', from: '2026-11-27', to: '2026-11-27' } }],
  };
  await createPolicy(context(), input({ name: 'year', rule }));
  const { year, policies } = await getCalendar(context(), { year: 2026, cluster: 'shop' });
  expect(year).toBe(2026);
  expect(policies.map(({ policy }) => policy.name)).toEqual(['year']);
  const days = policies[0]?.days.filter(({ parts }) => parts.length > 0);
  expect(days).toEqual([
    {
      date: '2026-11-27',
      hours: 24,
      parts: [{ entry: 0, start: '2026-11-26T23:00:00.000Z', end: '2026-11-27T23:00:00.000Z', fromPart: 0, toPart: 1 }],
    },
  ]);
  expect((await getCalendar(context(), { cluster: 'none' })).policies).toEqual([]);
  await deletePolicy(context(), 'year');
  expect(() => input({ name: 'calendar' })).toThrow('Taken by a page');
});

describe('measurements for policies', () => {
  beforeAll(async () => {
    const vms = await database.prisma.vm.findMany({ orderBy: { name: 'asc' } });
    const rows = Array.from({ length: 600 }, (_, i) => [
      { clusterId, vmId: '', at: at(i * 2), cpu: 0.9, requestsPerSecond: 100 },
      ...vms.map((vm, n) => ({ clusterId, vmId: vm.id, at: at(i * 2), cpu: n === 0 ? 1 : 0.8 })),
    ]).flat();
    await database.prisma.metricSample.createMany({ data: rows });
  });
  const query = { metric: 'cpu', from: at(0), to: at(20) } as const;

  it('are of the cluster, the mean of its nodes, or the node that has most', async () => {
    const read = async (of: 'cluster' | 'node-mean' | 'node-max') => {
      const points = await readSeries(database.prisma, { ...query, clusterIds: [clusterId], of });
      expect(points).toHaveLength(10);
      return points[0];
    };
    expect(await read('cluster')).toEqual({ clusterId, atMs: START, value: 0.9 });
    expect((await read('node-mean'))?.value).toBeCloseTo(0.9);
    expect((await read('node-max'))?.value).toBe(1);
  });

  it('give the demand in busy vCPUs, or as the sum', async () => {
    const demand = { clusterIds: [clusterId], from: at(0), to: at(1_200), binMs: 300_000 };
    const busy = await readDemand(database.prisma, { ...demand, metric: 'cpu' });
    expect(busy).toHaveLength(4);
    expect(busy[0]?.value).toBeCloseTo(1.8);
    expect((await readDemand(database.prisma, { ...demand, metric: 'requestsPerSecond' }))[0]?.value).toBe(100);
  });

  it('are what a stored policy, or a variant of it, is replayed over', async () => {
    const window = { from: at(0).toISOString(), to: at(1_200).toISOString() };
    const before = await countRows(database.prisma);
    const replayed = await backtestPolicy(context(), 'peak', window);
    expect(replayed.actions.map((action) => action.to.nodes)).toEqual([3]);
    expect(replayed.points).toBe(600);
    const target = {
      kind: 'target',
      metric: 'cpu',
      of: 'cluster',
      value: 0.45,
      tolerance: 0.1,
      windowMs: 10_000,
    } as const;
    const variant = await backtestPolicy(context(), 'peak', { ...window, rule: { ...target, adjust: 'nodes' } });
    expect(variant.end.nodes).toBe(4);
    const { rule, bounds } = input();
    const unsaved = await backtestRules(context(), { cluster: 'shop', rule, bounds, ...window });
    expect(unsaved.actions).toEqual(replayed.actions);
    const csv = 'time,value\n0,0.1\n60,0.1';
    expect((await backtestPolicy(context(), 'peak', { csv })).points).toBe(2);
    await expect(
      backtestPolicy(context(), 'peak', { from: at(9_000).toISOString(), to: at(9_100).toISOString() }),
    ).rejects.toMatchObject({ code: 'impossible' });
    expect(await countRows(database.prisma)).toEqual(before);
  });
});

it('a removed policy gives its name free, and what it decided stays', async () => {
  await deletePolicy(context(), 'peak');
  await expect(getPolicy(context(), 'peak')).rejects.toMatchObject({ code: 'not_found' });
  await createPolicy(context(), input());
  expect(await database.prisma.policyEvaluation.count()).toBe(1);
});

it('what nobody answers is put to one role after another', () => {
  const role = (minutes: number) => askedRoleAt(at(0), at(3_600), at(minutes * 60));
  expect([0, 19, 20, 39, 40, 59].map(role)).toEqual(['oncall', 'oncall', 'operator', 'operator', 'admin', 'admin']);
});
