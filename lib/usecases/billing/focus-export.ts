import type { FocusQuery, StatementSummary } from '@/lib/domain/contract';
import { type Charge, chargesOf } from '@/lib/domain/pricing/charge';
import {
  BILLING_PERIOD_COLUMNS,
  costAndUsageColumns,
  csvLine,
  type FocusRow,
  focusCsvLine,
  focusTime,
  INVOICE_DETAIL_COLUMNS,
  ISSUER,
  PAYMENT_TERMS,
  skuIdOf,
  taxRow,
  usageRow,
} from '@/lib/domain/pricing/focus';
import { money } from '@/lib/domain/pricing/price';
import type { Rate } from '@/lib/domain/pricing/rate';
import { allocate, type StatementLine } from '@/lib/domain/pricing/statement';
import { type Month, monthEndMs, monthOf, monthStartMs } from '@/lib/domain/usage/month';
import { authorise, type Database, type UseCaseContext } from '../context';
import { toParquet } from './focus-parquet';
import { loadRates } from './rates';
import { chargedRowsOf, getStatementLines, listStatements, statementIdOf } from './statements';
import { toChargeable, type UsageRow, usageIdOf } from './usage';

/** A closed statement is an invoice; a draft's charges belong to none yet. */
const isIssued = (statement: StatementSummary): boolean => statement.state !== 'draft';

const statementsOf = async (context: UseCaseContext, month: Month): Promise<readonly StatementSummary[]> => {
  const { items } = await listStatements(context, { limit: 10_000 });
  return items.filter((statement) => statement.month === month);
};

/** The intervals of one cluster that a statement charges; what goes on too, in a draft. */
const loadRows = async (db: Database, statement: StatementSummary, clusterId: string): Promise<readonly UsageRow[]> => {
  const rows = await chargedRowsOf(db, statement.month);
  const [start, end] = [new Date(monthStartMs(statement.month)), new Date(monthEndMs(statement.month))];
  const of = { clusterId, costCentre: statement.costCentre };
  const closed = await db.usageInterval.findMany({
    where: {
      ...of,
      ...(rows.throughSeq === null ? {} : { seq: { lte: rows.throughSeq } }),
      OR: [{ startedAt: { gte: start, lt: end } }, { startedAt: { lt: start }, seq: { gt: rows.afterSeq } }],
    },
    orderBy: { seq: 'asc' },
  });
  if (rows.throughSeq !== null) return closed;
  const open = await db.usageOpen.findMany({
    where: { ...of, startedAt: { lt: end } },
    orderBy: { runId: 'asc' },
  });
  return [...closed, ...open.filter((row) => row.seenAt > row.startedAt)];
};

const keyOf = (line: Pick<StatementLine, 'usageMonth' | 'tier' | 'meter' | 'rateVersion'>): string =>
  `${line.usageMonth} ${line.tier} ${line.meter} ${line.rateVersion}`;

interface RowCharge {
  readonly row: UsageRow;
  readonly charge: Charge;
}

const chargesByLine = (
  rows: readonly UsageRow[],
  rates: readonly Rate[],
): ReadonlyMap<string, readonly RowCharge[]> => {
  const lines = new Map<string, RowCharge[]>();
  for (const row of rows) {
    const usage = toChargeable(row);
    for (const charge of chargesOf(usage, rates)) {
      const usageMonth = monthOf(usage.startMs);
      const key = keyOf({ usageMonth, tier: usage.tier, meter: charge.meter, rateVersion: charge.rate.version });
      const all = lines.get(key) ?? [];
      all.push({ row, charge });
      lines.set(key, all);
    }
  }
  return lines;
};

const lineRows = (
  statement: StatementSummary,
  line: StatementLine,
  charges: readonly RowCharge[],
): readonly FocusRow[] => {
  const { month, costCentre, currency } = statement;
  const shares = allocate(
    line.amount,
    charges.map(({ charge }) => charge.cost),
  );
  const invoice = {
    month,
    costCentre,
    currency,
    invoiceId: isIssued(statement) ? statement.id : null,
    isCorrection: line.usageMonth !== month,
    tier: line.tier,
  };
  const detailId = isIssued(statement) ? `${statement.id}.${line.n}` : null;
  const usage = charges.map(({ row, charge }, i) =>
    usageRow({
      ...invoice,
      invoiceDetailId: detailId,
      meter: line.meter,
      unit: line.unit,
      rateVersion: line.rateVersion,
      fromMs: charge.fromMs,
      toMs: charge.toMs,
      consumed: charge.consumed,
      quantity: charge.quantity,
      listUnitPrice: charge.listUnitPrice,
      unitPrice: charge.unitPrice,
      billed: shares[i] ?? charge.cost,
      clusterId: row.clusterId,
      clusterName: row.clusterName,
      site: row.site,
      resourceId: row.resourceId,
      resourceName: row.name,
      usageId: usageIdOf(row),
      operationId: row.operationId,
      actor: row.actor,
      reason: row.reason,
      hash: 'hash' in row ? row.hash : null,
    }),
  );
  if (line.tax.isZero()) return usage;
  const description = `Tax of ${line.clusterName} ${line.meter} (${line.tier})`;
  return [
    ...usage,
    taxRow({
      ...invoice,
      invoiceDetailId: detailId === null ? null : `${detailId}.tax`,
      description,
      amount: line.tax,
    }),
  ];
};

/** Rows of Cost and Usage, statement by statement and cluster by cluster: no more than a cluster's are in memory. */
export async function* costAndUsageRows(context: UseCaseContext, month: Month): AsyncGenerator<FocusRow> {
  const rates = await loadRates(context.db);
  for (const statement of await statementsOf(context, month)) {
    const { lines } = await getStatementLines(context.db, statement.id, context.clock());
    for (const clusterId of new Set(lines.map((line) => line.clusterId))) {
      const charges = chargesByLine(await loadRows(context.db, statement, clusterId), rates);
      for (const line of lines.filter((one) => one.clusterId === clusterId))
        yield* lineRows(statement, line, charges.get(keyOf(line)) ?? []);
    }
  }
}

/** One row per line of an issued statement, and one for its tax. */
export async function* invoiceDetailRows(context: UseCaseContext, month: Month): AsyncGenerator<FocusRow> {
  for (const statement of (await statementsOf(context, month)).filter(isIssued)) {
    const { lines, row } = await getStatementLines(context.db, statement.id, context.clock());
    const issuedAt = focusTime(row?.closedAt.getTime() ?? 0);
    // A late fact adjusts the statement of its month, where the cost centre had one.
    const earlier = lines.map(({ usageMonth }) => usageMonth).filter((used) => used !== month);
    const adjusted = new Set(
      (
        await context.db.statement.findMany({
          where: { costCentre: statement.costCentre, month: { in: [...new Set(earlier)] } },
          select: { month: true },
        })
      ).map((one) => one.month),
    );
    for (const line of lines) {
      const shared: FocusRow = {
        BillingAccountId: statement.costCentre,
        BillingCurrency: statement.currency,
        BillingPeriodStart: focusTime(monthStartMs(month)),
        BillingPeriodEnd: focusTime(monthEndMs(month)),
        InvoiceDetailCreated: issuedAt,
        InvoiceDetailLastUpdated: issuedAt,
        InvoiceId: statement.id,
        InvoiceIssueDate: issuedAt,
        InvoiceIssueStatus: 'Issued',
        InvoiceIssuerName: ISSUER,
        PaymentCurrency: statement.currency,
        PaymentTerms: PAYMENT_TERMS,
        ReferenceInvoiceId: adjusted.has(line.usageMonth)
          ? statementIdOf(line.usageMonth, statement.costCentre)
          : statement.id,
      };
      const grain = {
        SkuId: skuIdOf(line.tier, line.meter),
        SubAccountId: line.clusterId,
        x_RateVersion: line.rateVersion,
        x_UsageMonth: line.usageMonth,
      };
      const id = `${statement.id}.${line.n}`;
      const detail = (detailId: string, amount: StatementLine['amount'], category: string, what: string): FocusRow => ({
        ...shared,
        BilledCost: money(amount),
        ChargeCategory: category,
        InvoiceDetailDescription: what,
        InvoiceDetailGrain: JSON.stringify(grain),
        InvoiceDetailId: detailId,
        PaymentCurrencyBilledCost: money(amount),
        PaymentCurrencyInvoiceDetailId: detailId,
      });
      const what = `${line.clusterName}: ${line.meter} (${line.tier})`;
      yield detail(id, line.amount, 'Usage', what);
      if (!line.tax.isZero()) yield detail(`${id}.tax`, line.tax, 'Tax', `Tax of ${what}`);
    }
  }
}

async function* billingPeriodRows(context: UseCaseContext, month: Month): AsyncGenerator<FocusRow> {
  const period = await context.db.billingPeriod.findUnique({ where: { month } });
  yield {
    BillingPeriodCreated: focusTime(monthStartMs(month)),
    BillingPeriodStart: focusTime(monthStartMs(month)),
    BillingPeriodEnd: focusTime(monthEndMs(month)),
    BillingPeriodLastUpdated: focusTime((period?.closedAt ?? context.clock()).getTime()),
    BillingPeriodStatus: period === null ? 'Open' : 'Closed',
    InvoiceIssuerName: ISSUER,
  };
}

const datasetOf = (context: UseCaseContext, { month, dataset, version }: FocusQuery) => {
  switch (dataset) {
    case 'cost-and-usage':
      return { columns: costAndUsageColumns(version), rows: costAndUsageRows(context, month) };
    case 'invoice-detail':
      return { columns: INVOICE_DETAIL_COLUMNS, rows: invoiceDetailRows(context, month) };
    case 'billing-period':
      return { columns: BILLING_PERIOD_COLUMNS, rows: billingPeriodRows(context, month) };
    default:
      return dataset satisfies never;
  }
};

export interface FocusExport {
  readonly fileName: string;
  readonly lines: AsyncGenerator<string>;
}

async function* csvOf(columns: readonly string[], rows: AsyncGenerator<FocusRow>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const row of rows) yield focusCsvLine(columns, row);
}

/** A month as the FinOps Open Cost and Usage Specification has it, as CSV. Sums are the statements', to the cent. */
export const exportFocus = (context: UseCaseContext, query: FocusQuery): FocusExport => {
  authorise(context, 'usage.read');
  const { columns, rows } = datasetOf(context, query);
  return {
    fileName: `headroom-${query.month}-focus-${query.version}-${query.dataset}.csv`,
    lines: csvOf(columns, rows),
  };
};

/** The same as Apache Parquet. */
export const exportFocusParquet = async (
  context: UseCaseContext,
  query: FocusQuery,
): Promise<{ readonly fileName: string; readonly bytes: Uint8Array }> => {
  authorise(context, 'usage.read');
  const { columns, rows } = datasetOf(context, query);
  return {
    fileName: `headroom-${query.month}-focus-${query.version}-${query.dataset}.parquet`,
    bytes: await toParquet(columns, rows),
  };
};

/** A statement as CSV: one line each, then the totals. Throws `not_found`. */
export const exportStatement = async (context: UseCaseContext, id: string): Promise<FocusExport> => {
  authorise(context, 'usage.read');
  const { summary, lines } = await getStatementLines(context.db, id, context.clock());
  const head = ['line', 'month', 'cluster', 'tier', 'meter', 'rate', 'quantity', 'unit', 'unitPrice', 'amount', 'tax'];
  async function* texts(): AsyncGenerator<string> {
    yield csvLine([...head, 'currency']);
    for (const line of lines)
      yield csvLine([
        String(line.n),
        line.usageMonth,
        line.clusterName,
        line.tier,
        line.meter,
        String(line.rateVersion),
        line.quantity.toFixed(),
        line.unit,
        line.unitPrice.toFixed(),
        money(line.amount),
        money(line.tax),
        summary.currency,
      ]);
    yield csvLine(['total', summary.month, '', '', '', '', '', '', '', summary.net, summary.tax, summary.currency]);
  }
  return { fileName: `headroom-statement-${id}.csv`, lines: texts() };
};
