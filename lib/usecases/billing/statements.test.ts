import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { Decimal } from '@/lib/domain/pricing/price';
import type { UseCaseContext } from '../context';
import { contextOf } from '../testing';
import { liveVm } from '../usage/testing';
import { createRate } from './rates';
import { closeMonth, getStatement, listStatements } from './statements';
import { TEST_RATE } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query(
    'truncate "UsageFact", "UsageInterval", "UsageOpen", "UsageDay", "Rate", "BillingPeriod", "Statement", "StatementLine", "StatementSending", "StatementMail", "AuditEntry"',
  );
});

const at = (time: string): UseCaseContext => ({
  ...contextOf(database.prisma, 'finance'),
  clock: () => new Date(time),
});

const sum = (values: readonly string[]): string =>
  values.reduce((total, value) => total.add(value), new Decimal(0)).toFixed(2);

describe('statements', () => {
  it.each([
    ['2026-01', 744],
    ['2026-02', 672],
    ['2026-03', 744],
    ['2026-10', 744],
  ])('charge a VM that ran all of %s for exactly its %i hours', async (month, hours) => {
    await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
    const [year, number] = month.split('-').map(Number);
    const start = `${month}-01T00:00:00.000Z`;
    const after = new Date(Date.UTC(year ?? 0, number ?? 0, 1)).toISOString();
    await liveVm(database.prisma, { id: 'a', from: start, seen: after });
    await closeMonth(at(after), { month });
    const { lines } = await getStatement(at(after), `${month}.default`);
    const vcpu = lines.find(({ meter }) => meter === 'vcpu');
    expect(vcpu).toMatchObject({ quantity: String(2 * hours), consumed: String(2 * hours), unit: 'vCPU-Hours' });
    expect(vcpu?.amount).toBe(new Decimal(2 * hours).mul('0.01').toFixed(2));
    expect(lines.find(({ meter }) => meter === 'memory')?.quantity).toBe(String(hours));
  });

  it('add up to the cent, line by line, tax included, per cost centre and with its own rate', async () => {
    await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
    await createRate(at('2026-01-01T00:00:00Z'), { ...TEST_RATE, costCentre: 'research', vcpuHour: '0.0033333333' });
    await createRate(at('2026-01-02T00:00:00Z'), { ...TEST_RATE, effectiveFrom: '2026-01-16', vcpuHour: '0.02' });
    for (let i = 0; i < 12; i += 1) {
      const subject = {
        clusterId: `c${i % 4}`,
        clusterName: `c${i % 4}`,
        costCentre: i % 3 === 0 ? 'research' : 'default',
      };
      await liveVm(database.prisma, {
        id: `v${i}`,
        from: `2026-01-${10 + i}T01:02:03.004Z`,
        to: `2026-01-${12 + i}T11:22:33.444Z`,
        subject,
      });
    }
    const { statements } = await closeMonth(at('2026-02-01T00:00:00Z'), { month: '2026-01' });
    expect(statements).toEqual(['2026-01.default', '2026-01.research']);
    for (const id of statements) {
      const view = await getStatement(at('2026-02-02T00:00:00Z'), id);
      expect(view.state).toBe('closed');
      expect(sum(view.lines.map(({ amount }) => amount))).toBe(view.net);
      expect(sum(view.lines.map(({ tax }) => tax))).toBe(view.tax);
      expect(sum([view.net, view.tax])).toBe(view.total);
      for (const line of view.lines)
        expect(line.amount).toBe(new Decimal(line.quantity).mul(line.unitPrice).toFixed(2, Decimal.ROUND_HALF_UP));
    }
    const { lines } = await getStatement(at('2026-02-02T00:00:00Z'), '2026-01.default');
    expect(new Set(lines.map(({ rateVersion }) => rateVersion))).toEqual(new Set([1, 3]));
  });

  it('take half off a spare, and fill a run up that was shorter than the minimum', async () => {
    await createRate(at('2026-01-01T00:00:00Z'), { ...TEST_RATE, vcpuHour: '36' });
    await liveVm(database.prisma, { id: 'a', from: '2026-01-05T00:00:00Z', to: '2026-01-05T00:00:10Z' });
    await liveVm(database.prisma, {
      id: 'b',
      from: '2026-01-05T00:00:00Z',
      to: '2026-01-05T00:10:00Z',
      subject: { tier: 'spare' },
    });
    const { items } = await listStatements(at('2026-01-06T00:00:00Z'), { limit: 10 });
    expect(items.map(({ id, state }) => [id, state])).toEqual([['2026-01.default', 'draft']]);
    const { lines } = await getStatement(at('2026-01-06T00:00:00Z'), '2026-01.default');
    const of = (tier: string) => lines.find((line) => line.tier === tier && line.meter === 'vcpu');
    expect(of('service')).toMatchObject({ consumed: '0.0055555556', quantity: '0.0333333333', amount: '1.20' });
    expect(of('spare')).toMatchObject({ unitPrice: '18', amount: '6.00' });
  });

  it('do not change once closed: what becomes known later is a correction in the next one, once', async () => {
    await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
    await liveVm(database.prisma, { id: 'a', from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' });
    await closeMonth(at('2026-02-01T00:00:00Z'), { month: '2026-01' });
    const january = await getStatement(at('2026-02-01T00:00:00Z'), '2026-01.default');
    await liveVm(database.prisma, { id: 'late', from: '2026-01-30T00:00:00Z', to: '2026-02-02T00:00:00Z' });
    expect(await getStatement(at('2026-02-03T00:00:00Z'), '2026-01.default')).toEqual(january);
    await closeMonth(at('2026-03-01T00:00:00Z'), { month: '2026-02' });
    await closeMonth(at('2026-04-01T00:00:00Z'), { month: '2026-03' });
    const february = await getStatement(at('2026-04-01T00:00:00Z'), '2026-02.default');
    const vcpu = february.lines.filter(({ meter }) => meter === 'vcpu');
    expect(vcpu.map(({ usageMonth, correction, quantity }) => [usageMonth, correction, quantity])).toEqual([
      ['2026-02', false, '48'],
      ['2026-01', true, '96'],
    ]);
    const { items } = await listStatements(at('2026-03-31T00:00:00Z'), { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(['2026-02.default', '2026-01.default']);
    await expect(database.prisma.statement.updateMany({ data: { total: 1 } })).rejects.toThrow();
    await expect(database.prisma.statementLine.deleteMany({})).rejects.toThrow();
  });

  it('are closed one after another, by those who may, after the month and what ran through it was cut', async () => {
    await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
    await liveVm(database.prisma, { id: 'a', from: '2026-01-05T00:00:00Z' });
    const close = (time: string, month: string) => closeMonth(at(time), { month });
    await expect(close('2026-01-31T00:00:00Z', '2026-01')).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(close('2026-03-01T00:00:00Z', '2026-02')).rejects.toMatchObject({ code: 'wrong_state' });
    await database.prisma.usageOpen.updateMany({ data: { seenAt: new Date('2026-02-01T00:00:05Z') } });
    await expect(close('2026-02-01T00:00:06Z', '2026-01')).rejects.toMatchObject({ retryable: true });
    await liveVm(database.prisma, { id: 'a', from: '2026-01-05T00:00:00Z', seen: '2026-02-01T00:00:05Z' });
    await close('2026-02-01T00:00:06Z', '2026-01');
    await expect(close('2026-02-02T00:00:00Z', '2026-01')).rejects.toMatchObject({ code: 'period_closed' });
    await expect(
      createRate(at('2026-02-02T00:00:00Z'), { ...TEST_RATE, effectiveFrom: '2026-01-31' }),
    ).rejects.toMatchObject({ code: 'period_closed' });
    await expect(
      createRate(at('2026-02-02T00:00:00Z'), { ...TEST_RATE, effectiveFrom: '2026-02-01', currency: 'USD' }),
    ).rejects.toMatchObject({ code: 'impossible' });
  });
});
