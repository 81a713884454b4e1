import type { Command } from 'commander';
import type { VmView } from '@/lib/domain/contract';
import { describeShape } from '@/lib/domain/shape';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printTable } from '../output';

export const list = async (
  options: { readonly cluster?: string; readonly host?: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const vms = await listAll<VmView>(client, '/vms', { cluster: options.cluster, host: options.host });
  await print(output, vms, () =>
    printTable(
      ['NAME', 'CLUSTER', 'ROLE', 'STATE', 'HOST', 'SITE', 'SHAPE', 'ADDRESS', 'ACCELERATOR'],
      vms.map((vm) => [
        vm.name,
        vm.cluster?.name ?? null,
        vm.role,
        vm.state,
        vm.host,
        vm.site,
        describeShape(vm.shape),
        vm.address,
        vm.accelerator,
      ]),
    ),
  );
};
