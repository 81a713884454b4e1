import { type Command, Option } from 'commander';
import { AUDIT_FORMATS } from '@/lib/domain/contract';
import { ROLES } from '@/lib/domain/role';
import type { AuditExportOptions } from './commands/audit';
import type { MaintenanceOptions } from './commands/host';
import { wholeNumber } from './context';
import { addGuestCommands } from './define-people';
import type { SetExitCode } from './main';

const addMachineCommands = (program: Command, setExitCode: SetExitCode): void => {
  program
    .command('up')
    .description('start Headroom here; the same as `npm start`')
    .action(async () => setExitCode(await (await import('./commands/machine')).up()));
  program
    .command('down')
    .description('stop everything here, VMs included')
    .option('--purge', 'remove the state directory too')
    .action(async (options: { purge?: boolean }) =>
      setExitCode(await (await import('./commands/machine')).down(options)),
    );
  program
    .command('status')
    .description('what this installation is and whether it works')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/status')).status(command));
  program
    .command('overview')
    .description('sites, hosts and clusters at one glance, and what needs you now')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/overview')).overview(command));
  program
    .command('lab')
    .description('the embedded lab')
    .command('status')
    .description('its hosts, what is used of them, and where each VIP is reached')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/machine')).labStatus(command));
};

const addTokenCommands = (program: Command): void => {
  const token = program.command('token').description('API tokens; needs no token on the machine itself');
  token
    .command('create')
    .description('make a token and print it, once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may').choices([...ROLES]).makeOptionMandatory())
    .option('--json', 'print JSON')
    .action(async (options: { name: string; role: string }, command: Command) =>
      (await import('./commands/token')).create(options, command),
    );
  token
    .command('list')
    .description('all tokens, revoked ones included')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/token')).list(command));
  token
    .command('revoke <id>')
    .description('end a token')
    .option('--json', 'print JSON')
    .action(async (id: string, _options: unknown, command: Command) =>
      (await import('./commands/token')).revoke(id, command),
    );
};

const addHostCommands = (program: Command): void => {
  const host = program.command('host').description('physical machines');
  host
    .command('list')
    .description('hosts with what is used and free')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/host')).list(command));
  host
    .command('maintenance <host>')
    .description('move every VM elsewhere and place none there; --end takes it back')
    .option('--end', 'end the maintenance')
    .option('--reason <text>', 'why; it is written down')
    .option('--dry-run', 'show the plans, change nothing')
    .option('--no-wait', 'answer as soon as the operations are accepted')
    .option('--json', 'print JSON')
    .action(async (name: string, options: MaintenanceOptions, command: Command) =>
      (await import('./commands/host')).maintenance(name, options, command),
    );
  for (const [noun, of] of [
    [host, 'host'],
    [program.command('site').description('places'), 'site'],
  ] as const) {
    noun
      .command(`label <${of}> [labels...]`)
      .description(`say of a ${of} what people find it by; without labels it has none`)
      .option('--json', 'print JSON')
      .action(async (name: string, labels: readonly string[], _options: unknown, command: Command) =>
        (await import('./commands/host')).label(of, name, labels, command),
      );
  }
  const vm = program.command('vm').description('virtual machines');
  addGuestCommands(vm);
  vm.command('list')
    .description('every VM that holds capacity')
    .option('--cluster <cluster>', 'of this cluster')
    .option('--host <host>', 'on this host')
    .option('--json', 'print JSON')
    .action(async (options: { cluster?: string; host?: string }, command: Command) =>
      (await import('./commands/vm')).list(options, command),
    );
};

const addOperationCommands = (program: Command): void => {
  const operation = program.command('operation').description('plans being executed');
  operation
    .command('list')
    .description('operations, newest first')
    .option('--cluster <cluster>', 'of this cluster')
    .option('--active', 'only those that have not ended')
    .option('--json', 'print JSON')
    .action(async (options: { cluster?: string; active?: boolean }, command: Command) =>
      (await import('./commands/operation')).list(options, command),
    );
  const one = {
    show: 'steps, durations and the outage receipt',
    watch: 'follow it to its end',
    cancel: 'undo what can be undone',
    retry: 'drive a stuck one on',
  } as const;
  for (const verb of ['show', 'watch', 'cancel', 'retry'] as const) {
    operation
      .command(`${verb} <id>`)
      .description(one[verb])
      .option('--json', 'print JSON')
      .action(async (id: string, _options: unknown, command: Command) =>
        (await import('./commands/operation'))[verb](id, command),
      );
  }
};

const addWorkloadCommands = (program: Command): void => {
  const workload = program.command('workload').description('what clusters run');
  workload
    .command('list')
    .description('built-in workloads and your own')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/workload')).list(command));
  workload
    .command('create <file>')
    .description('add your own from a JSON file')
    .option('--json', 'print JSON')
    .action(async (file: string, _options: unknown, command: Command) =>
      (await import('./commands/workload')).create(file, command),
    );
  workload
    .command('delete <name>')
    .description('remove one that no cluster runs')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) =>
      (await import('./commands/workload')).remove(name, command),
    );
};

const addAuditCommands = (program: Command): void => {
  const audit = program.command('audit').description('who did what');
  audit
    .command('list')
    .description('the newest entries')
    .option('--subject <subject>', 'of exactly this subject, such as cluster/shop')
    .option('--limit <n>', 'how many, at most 200', wholeNumber('--limit'), 50)
    .option('--json', 'print JSON')
    .action(async (options: { subject?: string; limit: number }, command: Command) =>
      (await import('./commands/audit')).list(options, command),
    );
  audit
    .command('export')
    .description('the trail, oldest entry first, on standard output')
    .option('--from <time>', 'from this time on (ISO 8601)')
    .option('--to <time>', 'before this time (ISO 8601)')
    .addOption(new Option('--format <format>', 'a line per entry').choices([...AUDIT_FORMATS]).default('jsonl'))
    .action(async (options: AuditExportOptions) => (await import('./commands/audit')).exportTrail(options));
  audit
    .command('retention [months]')
    .description('how long entries are kept; with months, or `forever`, from now on')
    .option('--reason <text>', 'why; needed with months')
    .option('--json', 'print JSON')
    .action(async (months: string | undefined, options: { reason?: string }, command: Command) =>
      (await import('./commands/audit')).retention(months, options, command),
    );
  audit
    .command('verify')
    .description('recompute the chains of hashes: audit trail, usage, rates, statements')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/audit')).verify(command));
};

export const addOtherCommands = (program: Command, setExitCode: SetExitCode): void => {
  addMachineCommands(program, setExitCode);
  addTokenCommands(program);
  addHostCommands(program);
  addOperationCommands(program);
  addWorkloadCommands(program);
  addAuditCommands(program);
};
