import type { Command } from 'commander';
import type { OperationSummary, OperationView } from '@/lib/domain/contract';
import { listAll } from '../client';
import { commandContext } from '../context';
import { followOperation, requireDone } from '../follow-operation';
import { print, printLine, printTable } from '../output';
import { describeReceipt, showOperation } from '../show-operation';

const pathOf = (id: string): string => `/operations/${encodeURIComponent(id)}`;

export const list = async (
  options: { readonly cluster?: string; readonly active?: boolean },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const query = { cluster: options.cluster, active: options.active === true ? true : undefined };
  const operations = await listAll<OperationSummary>(client, '/operations', query);
  await print(output, operations, () =>
    printTable(
      ['ID', 'KIND', 'CLUSTER', 'STATE', 'STEPS', 'BY', 'CREATED', 'RECEIPT'],
      operations.map((o) => [
        o.id,
        o.kind,
        o.cluster.name,
        o.state,
        `${o.stepsDone}/${o.stepsTotal}`,
        o.requestedBy,
        o.createdAt,
        describeReceipt(o),
      ]),
    ),
  );
};

export const show = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const operation = await client.request<OperationView>('GET', pathOf(id));
  await print(output, operation, () => showOperation(operation));
};

export const watch = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const operation = await followOperation(client, id, { quiet: output.json === true });
  await print(output, operation, () => showOperation(operation));
  requireDone(operation);
};

const act =
  (verb: 'cancel' | 'retry', told: string) =>
  async (id: string, command: Command): Promise<void> => {
    const { client, output } = await commandContext(command);
    const operation = await client.request<OperationView>('POST', `${pathOf(id)}/${verb}`, { body: {} });
    await print(output, operation, () => printLine(`${told}. Watch it: npx headroom operation watch ${id}`));
  };

export const cancel = act('cancel', 'Cancelling: what can be undone is undone');
export const retry = act('retry', 'Going on');
