import type { Command } from 'commander';
import type { HostView, MaintenanceAccepted, PlanView } from '@/lib/domain/contract';
import { describeShape } from '@/lib/domain/shape';
import { listAll } from '../client';
import { commandContext } from '../context';
import { followOperation, requireDone } from '../follow-operation';
import { print, printLine, printTable } from '../output';
import { showPlan } from '../show-plan';

export const list = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const hosts = await listAll<HostView>(client, '/hosts');
  await print(output, hosts, () =>
    printTable(
      ['NAME', 'SITE', 'STATE', 'VMS', 'USED', 'FREE', 'HYPERVISOR'],
      hosts.map((h) => [
        h.name,
        h.site,
        h.state,
        h.vms.length,
        describeShape(h.used),
        describeShape(h.free),
        `${h.hypervisor} (${h.accelerator})`,
      ]),
    ),
  );
};

export interface MaintenanceOptions {
  readonly end?: boolean;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly reason?: string;
}

export const maintenance = async (name: string, options: MaintenanceOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { enabled: options.end !== true, reason: options.reason, dryRun: options.dryRun };
  const path = `/hosts/${encodeURIComponent(name)}/maintenance`;
  const answer = await client.request<MaintenanceAccepted | { plans: PlanView[] }>('POST', path, { body });
  if ('plans' in answer) {
    return print(output, answer, async () => {
      if (answer.plans.length === 0) printLine(`Nothing has to move away from ${name}.`);
      for (const plan of answer.plans) await showPlan(plan);
    });
  }
  if (options.wait === false) {
    return print(output, answer, () =>
      printLine(`${name}: ${answer.host.state}, ${answer.operations.length} operations`),
    );
  }
  const operations = [];
  for (const { id } of answer.operations) {
    operations.push(await followOperation(client, id, { quiet: output.json === true }));
  }
  await print(output, { ...answer, operations }, () => printLine(`${name}: ${answer.host.state}`));
  for (const operation of operations) requireDone(operation);
};

export const label = async (
  of: 'host' | 'site',
  name: string,
  labels: readonly string[],
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const path = `/${of}s/${encodeURIComponent(name)}/labels`;
  const answer = await client.request<Pick<HostView, 'name' | 'labels'>>('PATCH', path, { body: { labels } });
  await print(output, answer, () => printLine(`${answer.name}: ${answer.labels.join(' ') || 'no labels'}`));
};
