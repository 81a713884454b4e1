import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { ClusterView, HostView, StatusView } from '@/lib/domain/contract';
import { describeShape, sumShapes } from '@/lib/domain/shape';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';

/** Runs a script of this installation in the foreground and resolves with its exit code. */
const runScript = (script: string, args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const path = fileURLToPath(new URL(`../../setup/${script}`, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: 'inherit' });
    // The terminal signals the child too; this process waits for its end.
    const ignore = (): void => undefined;
    process.on('SIGINT', ignore);
    const forward = (): void => void child.kill('SIGTERM');
    process.on('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });

/** The same as `npm start`. */
export const up = (): Promise<number> => runScript('start.mjs', []);

export const down = (options: { readonly purge?: boolean }): Promise<number> =>
  runScript('down.mjs', options.purge === true ? ['--purge'] : []);

/** The embedded lab: its hosts, what is used of them, and where each VIP is reached. */
export const labStatus = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const [status, hosts, clusters] = await Promise.all([
    client.request<StatusView>('GET', '/status'),
    listAll<HostView>(client, '/hosts'),
    listAll<ClusterView>(client, '/clusters'),
  ]);
  await print(output, { status, hosts, clusters }, async () => {
    const used = sumShapes(hosts.map((h) => h.used));
    const capacity = sumShapes(hosts.map((h) => h.capacity));
    printLine(`Hypervisor ${status.hypervisor} (${status.accelerator}): ${hosts.length} hosts`);
    printLine(`Used ${describeShape(used)} of ${describeShape(capacity)}\n`);
    await printTable(
      ['HOST', 'SITE', 'STATE', 'VMS', 'FREE'],
      hosts.map((h) => [h.name, h.site, h.state, h.vms.map((vm) => vm.name).join(' '), describeShape(h.free)]),
    );
    printLine();
    await printTable(
      ['CLUSTER', 'VIP', 'ENDPOINT'],
      clusters.map((c) => [c.name, c.vip, c.endpoint]),
    );
  });
};
