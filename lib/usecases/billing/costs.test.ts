import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { COST_GROUPS, type UsageView } from '@/lib/domain/contract';
import { Decimal } from '@/lib/domain/pricing/price';
import { changeRequirements } from '../clusters/change-requirements';
import type { UseCaseContext } from '../context';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { liveVm } from '../usage/testing';
import { listBudgets, removeBudget, setBudget } from './budgets';
import { getClusterCost, getCosts } from './costs';
import { createRate } from './rates';
import { TEST_RATE } from './testing';
import { getUsage, listUsage } from './usage';
import { usageChoices } from './usage-choices';
import { watchBudgets } from './watch-budgets';

const NOW = '2026-01-21T06:00:00.000Z';

let database: TestDatabase;
let shopId = '';
const finance = (): UseCaseContext => ({ ...contextOf(database.prisma, 'finance'), clock: () => new Date(NOW) });

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  shopId = (await runningCluster(database.prisma)).id;
  await createRate(finance(), { ...TEST_RATE, effectiveFrom: '2025-12-01' });
  await createRate(finance(), { ...TEST_RATE, effectiveFrom: '2026-01-15', vcpuHour: '0.03' });
  await createRate(finance(), { ...TEST_RATE, costCentre: 'research', vcpuHour: '0.005' });
  const tiers = ['service', 'overlap', 'spare'] as const;
  for (let i = 0; i < 9; i += 1) {
    const subject = {
      clusterId: i % 2 === 0 ? shopId : 'gone',
      tier: tiers[i % 3] ?? 'service',
      costCentre: i % 4 === 0 ? 'research' : 'default',
      site: i % 3 === 0 ? 'paris' : 'lyon',
    };
    await liveVm(database.prisma, {
      id: `v${i}`,
      from: `2026-01-${String(10 + i).padStart(2, '0')}T05:06:07.008Z`,
      to: `2026-01-${String(12 + i).padStart(2, '0')}T09:10:11.012Z`,
      subject,
      reason: `reason ${i % 2}`,
    });
  }
  await liveVm(database.prisma, {
    id: 'short',
    from: '2026-01-12T23:59:59.500Z',
    to: '2026-01-13T00:00:05Z',
    subject: { clusterId: shopId },
  });
  for (const [i, from] of [
    '2025-12-30T10:00:00Z',
    '2026-01-14T22:00:00Z',
    '2026-01-20T23:30:00.250Z',
    '2026-01-21T05:00:00Z',
  ].entries())
    await liveVm(database.prisma, { id: `open${i}`, from, seen: NOW, subject: { clusterId: shopId } });
  await database.prisma.usageOpen.updateMany({ data: { seenAt: new Date(NOW) } });
}, 240_000);
afterAll(() => database.close());

const allUsage = async (
  asked: Partial<Parameters<typeof listUsage>[1]> = { from: '2026-01-01T00:00:00Z' },
): Promise<readonly UsageView[]> => {
  const items: UsageView[] = [];
  let cursor: string | undefined;
  do {
    const page = await listUsage(finance(), { ...asked, limit: 3, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

it('lists every interval once, what goes on before what is over, page by page', async () => {
  const items = await allUsage();
  expect(items.length).toBe(14);
  expect(new Set(items.map(({ id }) => id)).size).toBe(14);
  expect(items.slice(0, 4).map(({ endedAt }) => endedAt)).toEqual([null, null, null, null]);
  const ends = items.slice(4).map(({ startedAt }) => startedAt);
  expect(ends).toEqual([...ends].sort().reverse());
});

it('lists the same from the oldest on, and of one month', async () => {
  const items = await allUsage();
  const turned = await allUsage({ from: '2026-01-01T00:00:00Z', sort: 'began' });
  expect(turned.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort());
  const over = turned.filter(({ endedAt }) => endedAt !== null).map(({ startedAt }) => startedAt);
  expect(turned.slice(0, over.length).map(({ startedAt }) => startedAt)).toEqual([...over].sort());
  const inMonth = await allUsage({ month: '2026-01' });
  expect(inMonth.length).toBeGreaterThan(0);
  expect(inMonth.every(({ startedAt }) => startedAt < '2026-02')).toBe(true);
});

it('offers every month in which something was used, the newest first', async () => {
  const { months } = await usageChoices(finance());
  expect(months.at(0)).toBe('2026-01');
  expect(months).toEqual([...months].sort().reverse());
});

it.each(COST_GROUPS)('adds up by %s to what the intervals cost one by one, by day and in all', async (groupBy) => {
  const exact = (await allUsage()).reduce((sum, { cost }) => sum.add(cost), new Decimal(0));
  const view = await getCosts(finance(), { groupBy, month: '2026-01' });
  const perDay = view.groups.flatMap((group) => group.perDay).reduce((sum, cost) => sum.add(cost), new Decimal(0));
  expect(perDay.sub(exact).abs().lt('0.0001')).toBe(true);
  expect(new Decimal(view.total).sub(exact).abs().lt('0.006')).toBe(true);
  expect(view.previousTotal).not.toBe('0.00');
  expect(view.days.length).toBe(31);
  expect(Number(view.forecast)).toBeGreaterThan(Number(view.total));
});

it('tells of a cluster what it costs now, in this month, and to its end if it goes on so', async () => {
  const cost = await getClusterCost(finance(), 'shop');
  const hour = new Decimal(2).mul('0.03').add('0.005').add(new Decimal(10).mul('0.0001'));
  expect(cost.perHourNow).toBe(hour.mul(4).toFixed());
  const left = hour.mul(4).mul((Date.parse('2026-02-01T00:00:00Z') - Date.parse(NOW)) / 3_600_000);
  expect(new Decimal(cost.forecast).sub(cost.thisMonth).sub(left).abs().lte('0.01')).toBe(true);
});

it('judges budgets by what was used and what is expected, and keeps one per cluster or cost centre', async () => {
  const { thisMonth, forecast } = await getClusterCost(finance(), 'shop');
  const set = (amount: Decimal) =>
    setBudget(finance(), {
      scope: 'cluster',
      target: 'shop',
      amount: amount.toFixed(2),
      thresholds: [50, 80],
      capsPolicies: false,
    });
  const month = new Decimal(thisMonth);
  expect((await set(new Decimal(forecast).mul(10))).state).toBe('within');
  expect((await set(new Decimal(forecast).sub(1))).state).toBe('forecast');
  const over = await set(month.sub('0.5'));
  expect([over.state, over.passedPercent, over.label]).toEqual(['over', 80, 'shop']);
  const { items } = await listBudgets(finance(), { limit: 10 });
  expect(items).toEqual([over]);
  await removeBudget(finance(), over.id);
  expect((await listBudgets(finance(), { limit: 10 })).items).toEqual([]);
});

it('says each threshold, and what is expected, once a month and amount', async () => {
  const { thisMonth, forecast } = await getClusterCost(finance(), 'shop');
  const set = (amount: Decimal) =>
    setBudget(finance(), {
      scope: 'cluster',
      target: 'shop',
      amount: amount.toFixed(2),
      thresholds: [50, 80],
      capsPolicies: false,
    });
  const said = async () => {
    await watchBudgets(finance());
    await watchBudgets(finance());
    return (await database.prisma.budgetAlert.findMany({ orderBy: { at: 'asc' } })).map(({ kind }) => kind).sort();
  };
  await set(new Decimal(forecast).mul(10));
  expect(await said()).toEqual([]);
  await set(new Decimal(thisMonth).div('0.85'));
  expect(await said()).toEqual(['forecast', 'passed-80']);
  await set(new Decimal(thisMonth).sub('0.5'));
  expect(await said()).toEqual(['forecast', 'over', 'passed-80']);
  const { items } = await listBudgets(finance(), { limit: 10 });
  expect(items[0]?.alerts.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^The .* EUR that shop may cost this month are passed: .* EUR so far\.$/),
  );
  await removeBudget(finance(), items[0]?.id ?? '');
  expect(await database.prisma.budgetAlert.count()).toBe(0);
});

it('shows in a plan what it changes in cost, to those who may see cost, and hashes the plan without it', async () => {
  const input = { shape: { vcpus: 2, memoryMiB: 1_024 }, dryRun: true };
  const preview = async (role: 'operator' | 'admin') => {
    const answer = await changeRequirements(
      { ...contextOf(database.prisma, role), clock: () => new Date(NOW) },
      'shop',
      input,
    );
    if (!('plan' in answer)) throw new Error('a plan');
    return answer.plan;
  };
  const plan = await preview('operator');
  // Two VMs with a vCPU and 256 MiB each become two with two and 1 GiB; disks of 4 GiB and the address stay.
  const rest = new Decimal('0.004').add(new Decimal(8).mul('0.0001'));
  expect(plan.cost).toMatchObject({
    currency: 'EUR',
    perHourBefore: new Decimal(2).mul('0.03').add(new Decimal('0.5').mul('0.005')).add(rest).toFixed(),
    perHourAfter: new Decimal(4).mul('0.03').add(new Decimal(2).mul('0.005')).add(rest).toFixed(),
  });
  expect((await preview('admin')).hash).toBe(plan.hash);
});

it('leads from an interval to who had it begin and end, why, and the rates that price it', async () => {
  const usage = (await allUsage()).find(({ name }) => name === 'v3');
  const detail = await getUsage(finance(), usage?.id ?? '');
  expect(detail).toMatchObject({ actor: 'ada@example.org', reason: 'reason 1', end: { actor: 'ada@example.org' } });
  expect(detail.charges.map(({ meter, rateVersion }) => [meter, rateVersion])).toEqual([
    ['vcpu', 1],
    ['memory', 1],
    ['disk', 1],
    ['vcpu', 2],
    ['memory', 2],
    ['disk', 2],
  ]);
  expect(detail.hash).toMatch(/^[0-9a-f]{64}$/);
});
