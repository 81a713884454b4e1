import type { Command } from 'commander';
import type { AlarmView, OperationSummary, OverviewView, RecommendationView, TodayView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { describeSizeChange } from '@/lib/domain/policy/size';
import { describeShape } from '@/lib/domain/shape';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';

interface Needs {
  readonly alarms: readonly AlarmView[];
  readonly stuck: readonly OperationSummary[];
  readonly approvals: readonly RecommendationView[];
}

/** The gravest first, each with the command that goes on from there. */
const needRows = ({ alarms, stuck, approvals }: Needs): readonly (readonly string[])[] => [
  ...alarms.map(({ name, message }) => ['alarm', name, message, 'headroom alarm list']),
  ...stuck.map(({ id, kind, cluster, summary }) => [
    'stuck',
    cluster.name,
    summary ?? kind,
    `headroom operation show ${id}`,
  ]),
  ...approvals.map(({ id, cluster, from, to }) => [
    'approval',
    cluster.name,
    describeSizeChange(from, to),
    `headroom recommendation show ${id}`,
  ]),
];

const showTotals = ({ totals }: OverviewView, { requests, errors, cost }: TodayView): void => {
  const { clusters, degraded, vms, spares, hosts, hostsUp, used, capacity } = totals;
  printLine(
    `${counted(clusters, 'cluster')}, ${degraded} degraded; ${counted(vms, 'VM')}, ${counted(spares, 'spare')}; ${hostsUp} of ${counted(hosts, 'host')} up`,
  );
  printLine(`Taken: ${describeShape(used)} of ${describeShape(capacity)}`);
  if (requests !== null) printLine(`Today (UTC): ${requests} requests, ${errors ?? 0} errors`);
  if (cost !== null) printLine(`Cost today: ${cost.today} ${cost.currency}, ${cost.perHourNow} an hour now`);
};

const show = async (overview: OverviewView, today: TodayView, needs: Needs): Promise<void> => {
  showTotals(overview, today);
  const rows = needRows(needs);
  printLine();
  if (rows.length === 0) printLine('Nothing needs you now.');
  else await printTable(['NEEDS YOU', 'WHERE', 'WHAT', 'GO ON WITH'], rows);
  printLine();
  await printTable(
    ['SITE', 'HOST', 'STATE', 'VMS', 'USED', 'CAPACITY'],
    overview.hosts.map((h) => [h.site, h.name, h.state, h.vmCount, describeShape(h.used), describeShape(h.capacity)]),
  );
  printLine();
  await printTable(
    ['CLUSTER', 'STATE', 'NODES', 'SHAPE', 'VIP', 'HOLDER', 'REQ/S', 'UNDER WAY'],
    overview.clusters.map((c) => [
      c.name,
      c.state,
      `${c.nodesActive}/${c.nodesWanted}`,
      describeShape(c.shape),
      c.vip,
      c.holder,
      c.load.findLast((value) => value !== null)?.toFixed(1) ?? null,
      c.activeOperation?.kind ?? null,
    ]),
  );
};

/** Everything at one glance: what the console's overview shows. */
export const overview = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const [view, today, alarms, stuck, approvals] = await Promise.all([
    client.request<OverviewView>('GET', '/overview'),
    client.request<TodayView>('GET', '/overview/today'),
    listAll<AlarmView>(client, '/alarms', { open: 'true' }),
    listAll<OperationSummary>(client, '/operations', { state: 'stuck' }),
    listAll<RecommendationView>(client, '/recommendations', { state: 'open' }),
  ]);
  const needs = { alarms, stuck, approvals };
  await print(output, { ...view, today, needs }, () => show(view, today, needs));
};
