import type { FocusVersion } from '../contract/billing';
import { type Month, monthEndMs, monthStartMs } from '../usage/month';
import type { Tier } from '../usage/types';
import { type Decimal, type Meter, plain } from './price';

/** A row of an export: column name to text; null is an empty cell. */
export type FocusRow = Readonly<Record<string, string | null>>;

/**
 * Columns of the FinOps Open Cost and Usage Specification 1.4, dataset Cost and Usage: all mandatory ones, and those
 * conditional and recommended ones whose condition holds here. Own columns begin with `x_`.
 */
const COST_AND_USAGE = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'ContractedUnitPrice',
  'EffectiveCost',
  'HostProviderName',
  'InvoiceDetailId',
  'InvoiceId',
  'InvoiceIssuerName',
  'ListCost',
  'ListUnitPrice',
  'PricingCategory',
  'PricingQuantity',
  'PricingUnit',
  'RegionId',
  'RegionName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
  'SkuId',
  'SkuMeter',
  'SkuPriceDetails',
  'SkuPriceId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
] as const;

const OWN = [
  'x_ActionId',
  'x_Actor',
  'x_ClusterId',
  'x_LedgerHash',
  'x_RateVersion',
  'x_Reason',
  'x_Tier',
  'x_UsageId',
] as const;

/** Of 1.2, what 1.3 and 1.4 took away or put other columns in the place of. */
const ONLY_SINCE_1_2 = new Set<string>(['HostProviderName', 'ServiceProviderName', 'InvoiceDetailId']);
const ONLY_IN_1_2 = ['ProviderName', 'PublisherName'] as const;

export const costAndUsageColumns = (version: FocusVersion): readonly string[] => {
  switch (version) {
    case '1.4':
      return [...COST_AND_USAGE, ...OWN];
    case '1.2':
      return [...COST_AND_USAGE.filter((name) => !ONLY_SINCE_1_2.has(name)), ...ONLY_IN_1_2, ...OWN];
    default:
      return version satisfies never;
  }
};

export const INVOICE_DETAIL_COLUMNS = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'InvoiceDetailCreated',
  'InvoiceDetailDescription',
  'InvoiceDetailGrain',
  'InvoiceDetailId',
  'InvoiceDetailLastUpdated',
  'InvoiceId',
  'InvoiceIssueDate',
  'InvoiceIssueStatus',
  'InvoiceIssuerName',
  'PaymentCurrency',
  'PaymentCurrencyBilledCost',
  'PaymentCurrencyInvoiceDetailId',
  'PaymentDueDate',
  'PaymentTerms',
  'ReferenceInvoiceId',
] as const;

export const BILLING_PERIOD_COLUMNS = [
  'BillingPeriodCreated',
  'BillingPeriodEnd',
  'BillingPeriodLastUpdated',
  'BillingPeriodStart',
  'BillingPeriodStatus',
  'InvoiceIssuerName',
] as const;

export const ISSUER = 'Headroom';

/** Statements state no terms of payment; the column must say something. */
export const PAYMENT_TERMS = 'None stated';

/** ISO 8601 in UTC, to the second, as the specification wants it; fractions are kept where there are any. */
export const focusTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

interface Service {
  readonly category: string;
  readonly subcategory: string;
  readonly name: string;
  readonly resourceType: string;
}

const serviceOf = (tier: Tier): Service => {
  switch (tier) {
    case 'service':
    case 'overlap':
    case 'spare':
      return {
        category: 'Compute',
        subcategory: 'Virtual Machines',
        name: 'Headroom virtual machines',
        resourceType: 'Virtual machine',
      };
    case 'volume':
      return {
        category: 'Storage',
        subcategory: 'Block Storage',
        name: 'Headroom volumes',
        resourceType: 'Data volume',
      };
    case 'vip':
      return {
        category: 'Networking',
        subcategory: 'Network Infrastructure',
        name: 'Headroom addresses',
        resourceType: 'Virtual address',
      };
    default:
      return tier satisfies never;
  }
};

export const skuIdOf = (tier: Tier, meter: Meter): string => `${tier}-${meter}`;

/** What one interval is charged for one meter by one rate, with its share of the statement's line. */
export interface FocusCharge {
  readonly month: Month;
  readonly costCentre: string;
  readonly currency: string;
  readonly invoiceId: string | null;
  readonly invoiceDetailId: string | null;
  readonly isCorrection: boolean;
  readonly tier: Tier;
  readonly meter: Meter;
  readonly unit: string;
  readonly rateVersion: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly consumed: Decimal;
  readonly quantity: Decimal;
  readonly listUnitPrice: Decimal;
  readonly unitPrice: Decimal;
  readonly billed: Decimal;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly site: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly usageId: string;
  readonly operationId: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly hash: string | null;
}

const QUANTITY_PLACES = 10;
const COST_PLACES = 24;

const textOrNull = (text: string): string | null => (text === '' ? null : text);

const periodOf = (month: Month) => ({
  BillingPeriodStart: focusTime(monthStartMs(month)),
  BillingPeriodEnd: focusTime(monthEndMs(month)),
});

const accountOf = (costCentre: string, currency: string) => ({
  BillingAccountId: costCentre,
  BillingAccountName: costCentre,
  BillingCurrency: currency,
});

const providers = {
  HostProviderName: ISSUER,
  InvoiceIssuerName: ISSUER,
  ProviderName: ISSUER,
  PublisherName: ISSUER,
  ServiceProviderName: ISSUER,
};

/**
 * A row for usage. Costs at list and contracted prices are the product of the price and of the quantity as it is
 * printed, exactly; what is billed adds up to the statement's line.
 */
export const usageRow = (charge: FocusCharge): FocusRow => {
  const service = serviceOf(charge.tier);
  const quantity = charge.quantity.toDecimalPlaces(QUANTITY_PLACES);
  const sku = skuIdOf(charge.tier, charge.meter);
  const billed = plain(charge.billed, COST_PLACES);
  return {
    ...providers,
    ...accountOf(charge.costCentre, charge.currency),
    ...periodOf(charge.month),
    BilledCost: billed,
    ChargeCategory: 'Usage',
    ChargeClass: charge.isCorrection ? 'Correction' : null,
    ChargeDescription: `${charge.resourceName}: ${charge.meter} (${charge.tier})`,
    ChargeFrequency: 'Usage-Based',
    ChargePeriodEnd: focusTime(charge.toMs),
    ChargePeriodStart: focusTime(charge.fromMs),
    ConsumedQuantity: plain(charge.consumed, QUANTITY_PLACES),
    ConsumedUnit: charge.unit,
    ContractedCost: plain(quantity.mul(charge.unitPrice), COST_PLACES),
    ContractedUnitPrice: plain(charge.unitPrice, COST_PLACES),
    EffectiveCost: billed,
    InvoiceDetailId: charge.invoiceDetailId,
    InvoiceId: charge.invoiceId,
    ListCost: plain(quantity.mul(charge.listUnitPrice), COST_PLACES),
    ListUnitPrice: plain(charge.listUnitPrice, COST_PLACES),
    PricingCategory: 'Standard',
    PricingQuantity: plain(quantity, QUANTITY_PLACES),
    PricingUnit: charge.unit,
    RegionId: textOrNull(charge.site),
    RegionName: textOrNull(charge.site),
    ResourceId: charge.resourceId,
    ResourceName: charge.resourceName,
    ResourceType: service.resourceType,
    ServiceCategory: service.category,
    ServiceName: service.name,
    ServiceSubcategory: service.subcategory,
    SkuId: sku,
    SkuMeter: charge.meter,
    SkuPriceDetails: JSON.stringify({ x_RateVersion: charge.rateVersion, x_Tier: charge.tier }),
    SkuPriceId: `${sku}-rate-${charge.rateVersion}`,
    SubAccountId: textOrNull(charge.clusterId),
    SubAccountName: textOrNull(charge.clusterName),
    // Nobody but Headroom gives tags: the specification wants such keys under the provider's prefix.
    Tags: JSON.stringify({ 'headroom/cluster': charge.clusterName, 'headroom/cost-centre': charge.costCentre }),
    x_ActionId: charge.operationId,
    x_Actor: charge.actor,
    x_ClusterId: charge.clusterId,
    x_LedgerHash: charge.hash,
    x_RateVersion: String(charge.rateVersion),
    x_Reason: charge.reason,
    x_Tier: charge.tier,
    x_UsageId: charge.usageId,
  };
};

export interface FocusTax {
  readonly month: Month;
  readonly costCentre: string;
  readonly currency: string;
  readonly invoiceId: string | null;
  readonly invoiceDetailId: string | null;
  readonly description: string;
  readonly isCorrection: boolean;
  readonly amount: Decimal;
  readonly tier: Tier;
}

/** A row for the tax of one line: it has no quantity, price, SKU or resource. */
export const taxRow = (tax: FocusTax): FocusRow => {
  const amount = plain(tax.amount, COST_PLACES);
  const service = serviceOf(tax.tier);
  const period = periodOf(tax.month);
  return {
    ...providers,
    ...accountOf(tax.costCentre, tax.currency),
    ...period,
    BilledCost: amount,
    ChargeCategory: 'Tax',
    ChargeClass: tax.isCorrection ? 'Correction' : null,
    ChargeDescription: tax.description,
    ChargeFrequency: 'Recurring',
    ChargePeriodEnd: period.BillingPeriodEnd,
    ChargePeriodStart: period.BillingPeriodStart,
    ContractedCost: amount,
    EffectiveCost: amount,
    InvoiceDetailId: tax.invoiceDetailId,
    InvoiceId: tax.invoiceId,
    ListCost: amount,
    ServiceCategory: service.category,
    ServiceName: service.name,
    ServiceSubcategory: service.subcategory,
  };
};

const cell = (value: string | null | undefined): string => {
  if (value === null || value === undefined) return '';
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
};

/** One line of CSV (RFC 4180) with its end. */
export const csvLine = (values: readonly (string | null | undefined)[]): string => `${values.map(cell).join(',')}\r\n`;

export const focusCsvLine = (columns: readonly string[], row: FocusRow): string =>
  csvLine(columns.map((column) => row[column]));
