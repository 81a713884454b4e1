import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { FocusDataset, FocusVersion } from '@/lib/domain/contract';
import { Decimal } from '@/lib/domain/pricing/price';
import type { UseCaseContext } from '../context';
import { contextOf } from '../testing';
import { liveVm } from '../usage/testing';
import { exportFocus, exportFocusParquet } from './focus-export';
import { createRate } from './rates';
import { closeMonth, getStatement } from './statements';
import { TEST_RATE } from './testing';

let database: TestDatabase;
const at = (time: string): UseCaseContext => ({
  ...contextOf(database.prisma, 'finance'),
  clock: () => new Date(time),
});

beforeAll(async () => {
  database = await createTestDatabase();
  await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
  await createRate(at('2026-01-02T00:00:00Z'), { ...TEST_RATE, effectiveFrom: '2026-01-16', vcpuHour: '0.0171717171' });
  const tiers = ['service', 'overlap', 'spare'] as const;
  for (let i = 0; i < 18; i += 1) {
    const subject = {
      clusterId: `c${i % 3}`,
      clusterName: `shop "${i % 3}", Paris`,
      tier: tiers[i % 3] ?? 'service',
      costCentre: i % 4 === 0 ? 'research' : 'default',
    };
    const day = String(8 + i).padStart(2, '0');
    await liveVm(database.prisma, {
      id: `v${i}`,
      from: `2026-01-${day}T01:02:03.004Z`,
      to: `2026-01-${day}T21:22:33.445Z`,
      subject,
    });
  }
  await liveVm(database.prisma, { id: 'short', from: '2026-01-20T00:00:00Z', to: '2026-01-20T00:00:01Z' });
  await closeMonth(at('2026-02-01T00:00:00Z'), { month: '2026-01' });
  await liveVm(database.prisma, { id: 'late', from: '2026-01-31T12:00:00Z', to: '2026-02-01T12:00:00Z' });
  await closeMonth(at('2026-03-01T00:00:00Z'), { month: '2026-02' });
  await liveVm(database.prisma, { id: 'now', from: '2026-03-01T12:00:00Z' });
  await database.prisma.usageOpen.updateMany({ data: { seenAt: new Date('2026-03-02T12:00:00Z') } });
}, 240_000);
afterAll(() => database.close());

/** RFC 4180, read by rules of its own. */
const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [];
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g);
  let row: string[] = [];
  for (const [, quoted, bare, end] of cells) {
    row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
};

type Row = Readonly<Record<string, string>>;

const read = async (month: string, version: FocusVersion, dataset: FocusDataset) => {
  const texts: string[] = [];
  const { lines } = exportFocus(at('2026-03-02T12:00:00Z'), { month, version, dataset, format: 'csv' });
  for await (const line of lines) texts.push(line);
  const [columns = [], ...rows] = parseCsv(texts.join(''));
  return {
    columns,
    rows: rows.map((row): Row => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? '']))),
  };
};

const MANDATORY_1_4 =
  `BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodStart BillingPeriodEnd
  ChargeCategory ChargeClass ChargeDescription ChargePeriodStart ChargePeriodEnd ContractedCost EffectiveCost
  HostProviderName InvoiceIssuerName ListCost PricingQuantity PricingUnit ServiceCategory ServiceName
  ServiceProviderName`.split(/\s+/);
const MANDATORY_1_2 = MANDATORY_1_4.filter((name) => !/^(Host|Service)ProviderName$/.test(name)).concat(
  'ProviderName',
  'PublisherName',
);
const CONDITIONAL = `ConsumedQuantity ConsumedUnit ListUnitPrice ContractedUnitPrice PricingCategory InvoiceId RegionId
  RegionName ResourceId ResourceName ResourceType SkuId SkuMeter SkuPriceId SkuPriceDetails SubAccountId SubAccountName
  Tags`.split(/\s+/);
const NULLABLE = new Set(['BillingAccountName', 'ChargeClass', 'ChargeDescription', 'PricingQuantity', 'PricingUnit']);
const NUMBERS = `BilledCost ContractedCost EffectiveCost ListCost ListUnitPrice ContractedUnitPrice PricingQuantity
  ConsumedQuantity`.split(/\s+/);
const TIMES = 'BillingPeriodStart BillingPeriodEnd ChargePeriodStart ChargePeriodEnd'.split(' ');
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

const sum = (rows: readonly Row[]): string =>
  rows.reduce((total, row) => total.add(row.BilledCost ?? 'NaN'), new Decimal(0)).toFixed();

const MONTHS = ['2026-01', '2026-02', '2026-03'];

describe('the FOCUS export', () => {
  it.each([
    ['1.4' as const, MANDATORY_1_4, ['ProviderName', 'PublisherName']],
    ['1.2' as const, MANDATORY_1_2, ['HostProviderName', 'ServiceProviderName', 'InvoiceDetailId']],
  ])(
    'has in %s every mandatory and conditional column, filled, and none of another version',
    async (version, mandatory, absent) => {
      for (const month of MONTHS) {
        const { columns, rows } = await read(month, version, 'cost-and-usage');
        expect(rows.length).toBeGreaterThan(0);
        expect(new Set(columns).size).toBe(columns.length);
        for (const name of [...mandatory, ...CONDITIONAL]) expect(columns).toContain(name);
        for (const name of absent) expect(columns).not.toContain(name);
        for (const name of columns) expect(name).toMatch(/^(x_)?[A-Z][A-Za-z]*$/);
        for (const row of rows)
          for (const name of mandatory) if (!NULLABLE.has(name)) expect(row[name], name).not.toBe('');
      }
    },
  );

  it('keeps the rules on values: numbers, times, categories, currency, units and JSON', async () => {
    for (const month of MONTHS) {
      const { rows } = await read(month, '1.4', 'cost-and-usage');
      for (const row of rows) {
        for (const name of NUMBERS) expect(row[name], name).toMatch(/^(-?\d+(\.\d+)?)?$/);
        for (const name of TIMES) expect(row[name], name).toMatch(TIME);
        expect(Date.parse(row.ChargePeriodEnd ?? '')).toBeGreaterThan(Date.parse(row.ChargePeriodStart ?? ''));
        expect(row.BillingPeriodStart).toBe(`${month}-01T00:00:00Z`);
        expect(row.BillingCurrency).toMatch(/^[A-Z]{3}$/);
        expect(['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']).toContain(row.ChargeCategory);
        expect(['', 'Correction']).toContain(row.ChargeClass);
        expect(['One-Time', 'Recurring', 'Usage-Based']).toContain(row.ChargeFrequency);
        for (const name of ['Tags', 'SkuPriceDetails'])
          if (row[name]) expect(typeof JSON.parse(row[name])).toBe('object');
        const isUsage = row.ChargeCategory === 'Usage';
        for (const name of [
          'PricingQuantity',
          'PricingUnit',
          'ConsumedQuantity',
          'ConsumedUnit',
          'SkuId',
          'SkuPriceId',
          'ListUnitPrice',
          'PricingCategory',
          'ResourceId',
          'ResourceType',
        ])
          expect(row[name] !== '', `${name} of ${row.ChargeCategory}`).toBe(isUsage);
        if (isUsage) {
          const quantity = new Decimal(row.PricingQuantity ?? '');
          expect(quantity.mul(row.ListUnitPrice ?? '').toFixed()).toBe(new Decimal(row.ListCost ?? '').toFixed());
          expect(quantity.mul(row.ContractedUnitPrice ?? '').toFixed()).toBe(
            new Decimal(row.ContractedCost ?? '').toFixed(),
          );
        }
      }
    }
  });

  it.each(['2026-01', '2026-02'])(
    'adds up to the statements of %s, to the cent, by invoice and by its details',
    async (month) => {
      const { rows } = await read(month, '1.4', 'cost-and-usage');
      const detail = await read(month, '1.4', 'invoice-detail');
      for (const invoiceId of new Set(rows.map((row) => row.InvoiceId))) {
        const { total, net } = await getStatement(at('2026-03-02T12:00:00Z'), invoiceId ?? '');
        const own = rows.filter((row) => row.InvoiceId === invoiceId);
        expect(new Decimal(sum(own)).toFixed(2)).toBe(total);
        expect(new Decimal(sum(own)).eq(total)).toBe(true);
        expect(new Decimal(sum(own.filter((row) => row.ChargeCategory === 'Usage'))).eq(net)).toBe(true);
        const details = detail.rows.filter((row) => row.InvoiceId === invoiceId);
        expect(new Decimal(sum(details)).eq(total)).toBe(true);
        for (const one of details) {
          const charged = own.filter((row) => row.InvoiceDetailId === one.InvoiceDetailId);
          expect(new Decimal(sum(charged)).eq(one.BilledCost ?? 'NaN'), one.InvoiceDetailId).toBe(true);
          expect(one.InvoiceIssueStatus).toBe('Issued');
        }
      }
    },
  );

  it('has every mandatory column of Invoice Detail and Billing Period, filled, and says which invoice a line adjusts', async () => {
    const filled = `BilledCost BillingAccountId BillingCurrency BillingPeriodStart BillingPeriodEnd ChargeCategory
      InvoiceDetailCreated InvoiceDetailGrain InvoiceDetailId InvoiceDetailLastUpdated InvoiceId InvoiceIssueDate
      InvoiceIssueStatus InvoiceIssuerName PaymentCurrency PaymentCurrencyBilledCost PaymentCurrencyInvoiceDetailId
      PaymentTerms ReferenceInvoiceId`.split(/\s+/);
    for (const month of ['2026-01', '2026-02']) {
      const { columns, rows } = await read(month, '1.4', 'invoice-detail');
      expect([...columns].sort()).toEqual([...filled, 'InvoiceDetailDescription', 'PaymentDueDate'].sort());
      expect(new Set(rows.map((row) => `${row.InvoiceId} ${row.InvoiceDetailId}`)).size).toBe(rows.length);
      for (const row of rows) {
        for (const name of filled) expect(row[name], name).not.toBe('');
        for (const name of filled.filter((one) => /(Created|Updated|Date|Start|End)$/.test(one)))
          expect(row[name], name).toMatch(TIME);
        expect(['Usage', 'Tax']).toContain(row.ChargeCategory);
        expect([row.PaymentCurrency, row.PaymentCurrencyBilledCost]).toEqual([row.BillingCurrency, row.BilledCost]);
        const grain: Readonly<Record<string, unknown>> = JSON.parse(row.InvoiceDetailGrain ?? '');
        for (const key of Object.keys(grain)) expect(key).toMatch(/^(SkuId|SubAccountId|x_[A-Z][A-Za-z]*)$/);
        const isLate = grain.x_UsageMonth !== month;
        expect(row.ReferenceInvoiceId).toBe(isLate ? `2026-01.${row.BillingAccountId}` : row.InvoiceId);
      }
      const period = await read(month, '1.4', 'billing-period');
      expect(period.rows).toHaveLength(1);
      for (const name of period.columns) expect(period.rows[0]?.[name], name).not.toBe('');
    }
  });

  it('gives only tags under its own prefix: nobody else can give any', async () => {
    const { rows } = await read('2026-01', '1.4', 'cost-and-usage');
    for (const { Tags } of rows.filter((row) => row.ChargeCategory === 'Usage'))
      expect(Object.keys(JSON.parse(Tags ?? ''))).toEqual(['headroom/cluster', 'headroom/cost-centre']);
  });

  it.each(['cost-and-usage', 'invoice-detail', 'billing-period'] as const)(
    'is the same as Parquet, with exact decimals, for %s',
    async (dataset) => {
      const { columns, rows } = await read('2026-02', '1.4', dataset);
      const query = { month: '2026-02', version: '1.4', dataset, format: 'parquet' } as const;
      const { bytes } = await exportFocusParquet(at('2026-03-02T12:00:00Z'), query);
      const file = new Uint8Array(bytes).buffer;
      const { schema } = parquetMetadata(file);
      expect(schema.slice(1).map(({ name }) => name)).toEqual(columns);
      const found = await parquetReadObjects({ file });
      expect(found.length).toBe(rows.length);
      for (const [i, row] of rows.entries())
        for (const name of columns) {
          const value: unknown = found[i]?.[name];
          const text = row[name] ?? '';
          if (text === '') expect(value ?? null, name).toBeNull();
          else if (value instanceof Date) expect(value.getTime(), name).toBe(Date.parse(text));
          else if (typeof value === 'object') expect(value, name).toEqual(JSON.parse(text));
          else if (typeof value === 'number') expect(value, name).toBeCloseTo(Number(text), 10);
          else expect(value, name).toBe(text);
        }
      const decimals = schema.filter(({ converted_type }) => converted_type === 'DECIMAL');
      for (const { scale, precision } of decimals) expect([scale, precision]).toEqual([24, 38]);
    },
  );

  it('marks late usage of a closed month as a correction in the next, and what is not issued as no invoice', async () => {
    const february = await read('2026-02', '1.4', 'cost-and-usage');
    const corrections = february.rows.filter(
      (row) => row.ChargeClass === 'Correction' && row.ChargeCategory === 'Usage',
    );
    expect(corrections.map((row) => [row.ResourceId, row.ChargePeriodStart])).toEqual(
      Array.from({ length: 3 }, () => ['late', '2026-01-31T12:00:00Z']),
    );
    const march = await read('2026-03', '1.4', 'cost-and-usage');
    expect(new Set(march.rows.map((row) => row.InvoiceId))).toEqual(new Set(['']));
    expect((await read('2026-03', '1.4', 'invoice-detail')).rows).toEqual([]);
    const periods = await Promise.all(MONTHS.map((month) => read(month, '1.4', 'billing-period')));
    expect(periods.map(({ rows }) => rows[0]?.BillingPeriodStatus)).toEqual(['Closed', 'Closed', 'Open']);
  });

  it('says the billed quantity of a run that was too short, and the lived one', async () => {
    const { rows } = await read('2026-01', '1.4', 'cost-and-usage');
    const short = rows.find((row) => row.ResourceId === 'short' && row.SkuMeter === 'vcpu');
    expect([short?.ConsumedQuantity, short?.PricingQuantity]).toEqual(['0.0005555556', '0.0333333333']);
  });
});
