import type { Command } from 'commander';
import type { StatusView } from '@/lib/domain/contract';
import { commandContext } from '../context';
import { print, printLine } from '../output';

export const status = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<StatusView>('GET', '/status');
  await print(output, view, () => {
    const { orchestrator } = view;
    printLine(`Headroom ${view.version} at ${client.url}`);
    printLine(`Hypervisor ${view.hypervisor}, accelerated by ${view.accelerator}`);
    printLine(
      `Orchestrator ${orchestrator.alive ? 'at work' : 'not at work'}${orchestrator.holder === null ? '' : ` (${orchestrator.holder})`}`,
    );
    printLine(`${view.clusters} clusters, ${view.vms} VMs, ${view.activeOperations} operations under way`);
  });
};
