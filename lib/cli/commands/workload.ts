import type { Command } from 'commander';
import type { WorkloadView } from '@/lib/domain/contract';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';
import { readJsonFile } from '../read-json-file';

export const list = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const workloads = await listAll<WorkloadView>(client, '/workloads');
  await print(output, workloads, () =>
    printTable(
      ['NAME', 'BUILT IN', 'STATEFUL', 'PORT', 'SERVICE PORT', 'HEALTH', 'DESCRIPTION'],
      workloads.map((w) => [
        w.name,
        w.builtIn ? 'yes' : '',
        w.stateful ? 'yes' : '',
        w.port,
        w.servicePort,
        w.healthPath,
        w.description,
      ]),
    ),
  );
};

/** The file holds a WorkloadSpec as JSON. */
export const create = async (file: string, command: Command): Promise<void> => {
  const body = await readJsonFile(file);
  const { client, output } = await commandContext(command);
  const workload = await client.request<WorkloadView>('POST', '/workloads', { body });
  await print(output, workload, () => printLine(`Workload ${workload.name} is there.`));
};

export const remove = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const workload = await client.request<WorkloadView>('DELETE', `/workloads/${encodeURIComponent(name)}`);
  await print(output, workload, () => printLine(`Workload ${workload.name} is gone.`));
};
