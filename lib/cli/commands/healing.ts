import type { Command } from 'commander';
import type {
  AlarmView,
  ClusterAccepted,
  ClusterHealthView,
  HostView,
  VmView,
  WitnessesView,
} from '@/lib/domain/contract';
import { listAll } from '../client';
import { commandContext } from '../context';
import { followOperation, requireDone } from '../follow-operation';
import { print, printLine, printTable } from '../output';

export const alarms = async (
  options: { readonly cluster?: string; readonly all?: boolean },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const query = { cluster: options.cluster, open: options.all === true ? undefined : 'true' };
  const found = await listAll<AlarmView>(client, '/alarms', query);
  await print(output, found, () => {
    if (found.length === 0) printLine('No alarm is open.');
    for (const alarm of found) {
      const over = alarm.resolvedAt === null ? '' : ` – over ${alarm.resolvedAt}: ${alarm.resolution}`;
      printLine(`${alarm.raisedAt}  ${alarm.kind}  ${alarm.name}`);
      printLine(`  ${alarm.message}${over}`);
    }
  });
};

const guestText = ({ guest }: WitnessesView): string =>
  guest.answers ? `${guest.vrrp}, proxy ${guest.proxy}, application ${guest.application}` : 'silent';

export const health = async (cluster: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<ClusterHealthView>('GET', `/clusters/${encodeURIComponent(cluster)}/health`);
  await print(output, view, async () => {
    await printTable(
      ['NODE', 'VERDICT', 'SINCE', 'PROCESS', 'ITSELF', 'MEMBERS', 'CLIENTS', 'WHY'],
      view.nodes.map(({ node, verdict, since, witnesses: w, reason }) => [
        node,
        verdict,
        since,
        w.process,
        guestText(w),
        w.peers.asked === 0 ? '–' : `${w.peers.up}/${w.peers.asked}`,
        w.prober === null ? '?' : w.prober ? 'answered' : '–',
        reason,
      ]),
    );
    printLine();
    printLine(`Recoveries by itself within the hour: ${view.recoveries.lastHour} of ${view.recoveries.limit}`);
    for (const change of view.changes)
      printLine(`${change.at}  ${change.node}: ${change.before ?? 'new'} → ${change.verdict}. ${change.reason}`);
    for (const fence of view.fences) printLine(`${fence.at}  ${fence.name} fenced by ${fence.by}: ${fence.detail}`);
  });
};

export const recover = async (
  cluster: string,
  options: { readonly reason?: string; readonly wait?: boolean },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const path = `/clusters/${encodeURIComponent(cluster)}/recover`;
  const answer = await client.request<ClusterAccepted>('POST', path, { body: { reason: options.reason } });
  if (options.wait === false) {
    return print(output, answer, () => printLine(`Accepted: operation ${answer.operation.id}`));
  }
  const operation = await followOperation(client, answer.operation.id, { quiet: output.json === true });
  await print(output, { ...answer, operation }, () => printLine(`${cluster}: ${operation.state}`));
  requireDone(operation);
};

export const confirmOff = async (
  host: string,
  options: { readonly confirm: string; readonly reason: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { confirmName: options.confirm, reason: options.reason };
  const view = await client.request<HostView>('POST', `/hosts/${encodeURIComponent(host)}/confirm-off`, { body });
  await print(output, view, () => printLine(`${view.name}: ${view.state}; what ran on it starts elsewhere`));
};

export const confirmVmOff = async (
  vm: string,
  options: { readonly confirm: string; readonly reason: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { confirmName: options.confirm, reason: options.reason };
  const view = await client.request<VmView>('POST', `/vms/${encodeURIComponent(vm)}/confirm-off`, { body });
  await print(output, view, () => printLine(`${view.name}: ${view.state}; it is replaced`));
};
