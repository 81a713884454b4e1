import type { Command } from 'commander';
import type { CostsView, Page, RateView, UsageDetail, UsageView } from '@/lib/domain/contract';
import { connect, listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';
import { printStream } from '../print-stream';

export interface UsageOptions {
  readonly cluster?: string;
  readonly costCentre?: string;
  readonly from?: string;
  readonly to?: string;
  readonly statement?: string;
  readonly line?: number;
  readonly limit: number;
}

export const list = async (options: UsageOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { cluster, costCentre, from, to, statement, line, limit } = options;
  const page = await client.request<Page<UsageView>>('GET', '/usage', {
    query: { cluster, costCentre, from, to, statement, line, limit },
  });
  await print(output, page.items, () =>
    printTable(
      ['FROM', 'TO', 'WHAT', 'AS', 'CLUSTER', 'COST CENTRE', 'SECONDS', 'COST', 'WHO', 'WHY', 'ID'],
      page.items.map((u) => [
        u.startedAt,
        u.endedAt,
        u.name,
        u.tier,
        u.cluster.name,
        u.costCentre,
        u.seconds,
        `${u.cost} ${u.currency}`,
        u.actor,
        u.reason,
        u.id,
      ]),
    ),
  );
};

export const show = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const usage = await client.request<UsageDetail>('GET', `/usage/${encodeURIComponent(id)}`);
  await print(output, usage, async () => {
    printLine(`${usage.name} (${usage.tier}) of ${usage.cluster.name}, ${usage.startedAt} – ${usage.endedAt ?? 'now'}`);
    printLine(`began: ${usage.actor}, ${usage.reason}${usage.operationId === null ? '' : `, ${usage.operationId}`}`);
    if (usage.end !== null) printLine(`ended: ${usage.end.actor}, ${usage.end.reason}`);
    if (usage.operation?.approvedBy != null) printLine(`approved by ${usage.operation.approvedBy}`);
    printLine();
    await printTable(
      ['METER', 'RATE', 'QUANTITY', 'UNIT', 'PRICE', 'COST'],
      usage.charges.map((c) => [c.meter, c.rateVersion, c.quantity, c.unit, c.unitPrice, c.cost]),
    );
  });
};

export interface CostsOptions {
  readonly month?: string;
  readonly against?: string;
  readonly groupBy: string;
}

export const costs = async (options: CostsOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<CostsView>('GET', '/costs', {
    query: { month: options.month, compareTo: options.against, groupBy: options.groupBy },
  });
  await print(output, view, async () => {
    await printTable(
      [options.groupBy.toUpperCase(), view.month, view.previousMonth],
      [
        ...view.groups.map((group) => [group.label, group.total, group.previous]),
        ['total', view.total, view.previousTotal],
      ],
    );
    const forecast = view.forecast === null ? '' : `; expected to the month's end: ${view.forecast} ${view.currency}`;
    printLine(`\nNow ${view.perHourNow} ${view.currency} per hour${forecast}`);
  });
};

export interface ExportOptions {
  readonly month: string;
  readonly focusVersion: string;
  readonly dataset: string;
  readonly format: string;
}

export const exportFocus = async ({ month, focusVersion, dataset, format }: ExportOptions): Promise<void> => {
  const query = new URLSearchParams({ month, version: focusVersion, dataset, format });
  await printStream(await connect(), `/exports/focus?${query}`);
};

export const rates = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const items = await listAll<RateView>(client, '/rates');
  await print(output, items, () =>
    printTable(
      ['VERSION', 'FOR', 'FROM', 'VCPU', 'GIB', 'DISK', 'VOLUME', 'VIP', 'SPARE', 'MINIMUM', 'TAX', '', 'REASON'],
      items.map((r) => [
        r.version,
        r.costCentre ?? 'all',
        r.effectiveFrom,
        r.vcpuHour,
        r.memoryGiBHour,
        r.diskGiBHour,
        r.volumeGiBHour,
        r.vipHour,
        `-${r.spareDiscountPercent} %`,
        `${r.minimumSeconds} s`,
        `${r.taxPercent} %`,
        r.inForce ? 'in force' : '',
        r.reason,
      ]),
    ),
  );
};
