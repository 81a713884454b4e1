import { type Command, Option } from 'commander';
import { FAILOVER_MODES, SPREADS } from '@/lib/domain/requirements';
import type { ChangeOptions, CreateOptions, FailoverOptions, RunOptions } from './commands/cluster';
import { collect, wholeNumber } from './context';

/** Loaded when a command runs: `--help` and `--version` need none of it. */
const commands = () => import('./commands/cluster');

const withShape = (command: Command): Command =>
  command
    .option('--vcpus <n>', 'vCPUs of each node', wholeNumber('--vcpus'))
    .option('--memory <MiB>', 'memory of each node', wholeNumber('--memory'))
    .option('--disk <GiB>', 'disk of each node', wholeNumber('--disk'))
    .addOption(new Option('--spread <how>', 'how nodes are spread').choices([...SPREADS]))
    .option('--spares <n>', 'VMs kept ready', wholeNumber('--spares'))
    .option('--host <name>', 'only this host for new VMs (may be repeated)', collect)
    .option('--site <name>', 'only this site for new VMs (may be repeated)', collect);

const withRun = (command: Command): Command =>
  command
    .option('--reason <text>', 'why; it is written down')
    .option('--dry-run', 'show the plan, change nothing')
    .option('--no-wait', 'answer as soon as the operation is accepted')
    .option('--json', 'print JSON');

const withMode = (command: Command): Command =>
  command.addOption(new Option('--mode <mode>', 'how the work is handed over').choices([...FAILOVER_MODES]));

export const addClusterCommands = (program: Command): void => {
  const cluster = program.command('cluster').description('clusters: make, change, fail over, delete');
  cluster
    .command('list')
    .description('all clusters')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await commands()).list(command));
  cluster
    .command('show <cluster>')
    .description('one cluster with its nodes, VIP and endpoint')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) => (await commands()).show(name, command));
  withRun(withShape(cluster.command('create <name>').description('make a cluster')))
    .requiredOption('--workload <name>', 'what it runs')
    .requiredOption('--nodes <n>', 'number of nodes', wholeNumber('--nodes'))
    .action(async (name: string, options: CreateOptions, command: Command) =>
      (await commands()).create(name, options, command),
    );
  withRun(withMode(withShape(cluster.command('change <cluster>').description('change what a cluster needs'))))
    .option('--nodes <n>', 'number of nodes', wholeNumber('--nodes'))
    .option('--pair <node=new>', 'hand a node over to `new-1` … or a spare (may be repeated)', collect)
    .option('--plan-hash <hash>', 'only if the plan is still this one')
    .option('--for-approval', 'put it to somebody else instead of doing it')
    .option('--generation <n>', 'only if the cluster is still at it', wholeNumber('--generation'))
    .action(async (name: string, options: ChangeOptions, command: Command) =>
      (await commands()).change(name, options, command),
    );
  withRun(withMode(cluster.command('failover <cluster> <node>').description('hand the work of a node to another VM')))
    .option('--to <name>', 'a spare, or a host to build a new VM on')
    .action(async (name: string, node: string, options: FailoverOptions, command: Command) =>
      (await commands()).failover(name, node, options, command),
    );
  withRun(cluster.command('restart <cluster> <node>').description('restart the application of a node')).action(
    async (name: string, node: string, options: RunOptions, command: Command) =>
      (await commands()).restart(name, node, options, command),
  );
  cluster
    .command('delete <cluster>')
    .description('delete a cluster with everything it has')
    .requiredOption('--confirm <name>', 'the name again')
    .option('--reason <text>', 'why; it is written down')
    .option('--no-wait', 'answer as soon as the operation is accepted')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { confirm: string; reason?: string; wait?: boolean }, command: Command) =>
      (await commands()).remove(name, options, command),
    );
  cluster
    .command('load <cluster>')
    .description("set the load of the lab's clients")
    .argument('<requests-per-second>', '0 stops it', wholeNumber('requests-per-second'))
    .option('--path <path>', 'path that they ask')
    .option('--streams <n>', 'slow responses kept open', wholeNumber('--streams'))
    .option('--json', 'print JSON')
    .action(async (name: string, rate: number, options: { path?: string; streams?: number }, command: Command) =>
      (await commands()).load(name, rate, options, command),
    );
  cluster
    .command('metrics <cluster>')
    .description('what was measured, the last 15 minutes by default')
    .option('--from <time>', 'ISO 8601, UTC')
    .option('--to <time>', 'ISO 8601, UTC')
    .option('--step <ms>', 'time between points', wholeNumber('--step'))
    .option('--json', 'print JSON')
    .action(async (name: string, options: { from?: string; to?: string; step?: number }, command: Command) => {
      const { from, to, step } = options;
      await (await commands()).metrics(name, { from, to, step }, command);
    });
  cluster
    .command('history <cluster>')
    .description('every revision of its requirements')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) => (await commands()).history(name, command));
};
