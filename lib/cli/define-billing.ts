import { type Command, Option } from 'commander';
import { COST_GROUPS, FOCUS_DATASETS, FOCUS_FORMATS, FOCUS_VERSIONS } from '@/lib/domain/contract';
import type { BudgetOptions } from './commands/budget';
import type { ScheduleOptions } from './commands/statement';
import type { CostsOptions, ExportOptions, UsageOptions } from './commands/usage';
import { collect, wholeNumber } from './context';

const addUsageCommands = (program: Command): void => {
  const usage = program.command('usage').description('what was used and what it cost');
  usage
    .command('list')
    .description('intervals of the ledger, newest first')
    .option('--cluster <cluster>', 'of this cluster')
    .option('--cost-centre <name>', 'charged to this cost centre')
    .option('--from <time>', 'that ended after this time (ISO 8601)')
    .option('--to <time>', 'that began before this time (ISO 8601)')
    .option('--statement <id>', 'charged by this statement')
    .option('--line <n>', 'with --statement: by this line', wholeNumber('--line'))
    .option('--limit <n>', 'how many, at most 200', wholeNumber('--limit'), 50)
    .option('--json', 'print JSON')
    .action(async (options: UsageOptions, command: Command) =>
      (await import('./commands/usage')).list(options, command),
    );
  usage
    .command('show <id>')
    .description('one interval: operation, people, reasons, rates')
    .option('--json', 'print JSON')
    .action(async (id: string, _options: unknown, command: Command) =>
      (await import('./commands/usage')).show(id, command),
    );
  usage
    .command('costs')
    .description('what a month cost by group, beside the month before')
    .option('--month <month>', 'such as 2026-11; this month by default')
    .option('--against <month>', 'month beside it; the one before by default')
    .addOption(new Option('--group-by <what>', 'by what').choices([...COST_GROUPS]).default('cluster'))
    .option('--json', 'print JSON')
    .action(async (options: CostsOptions, command: Command) =>
      (await import('./commands/usage')).costs(options, command),
    );
  usage
    .command('export')
    .description('a month as FOCUS has it, on standard output')
    .requiredOption('--month <month>', 'such as 2026-11')
    .addOption(
      new Option('--focus-version <version>', 'of the specification').choices([...FOCUS_VERSIONS]).default('1.4'),
    )
    .addOption(new Option('--format <format>', 'of the file').choices([...FOCUS_FORMATS]).default('csv'))
    .addOption(new Option('--dataset <name>', 'which').choices([...FOCUS_DATASETS]).default('cost-and-usage'))
    .action(async (options: ExportOptions) => (await import('./commands/usage')).exportFocus(options));
  usage
    .command('rates')
    .description('versions of the prices, newest first')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/usage')).rates(command));
};

const addStatementCommands = (program: Command): void => {
  const statement = program.command('statement').description('what cost centres owe, month by month');
  statement
    .command('list')
    .description('statements, drafts included')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/statement')).list(command));
  statement
    .command('show <id>')
    .description('one statement with its lines, such as 2026-11.default')
    .option('--json', 'print JSON')
    .action(async (id: string, _options: unknown, command: Command) =>
      (await import('./commands/statement')).show(id, command),
    );
  statement
    .command('csv <id>')
    .description('one statement as CSV on standard output')
    .action(async (id: string) => (await import('./commands/statement')).csv(id));
  statement
    .command('pdf <id>')
    .description('one statement as PDF on standard output, such as > statement.pdf')
    .action(async (id: string) => (await import('./commands/statement')).pdf(id));
  statement
    .command('close <month>')
    .description('close a month that has ended: its statements never change again')
    .option('--reason <text>', 'why; it is written down')
    .option('--json', 'print JSON')
    .action(async (month: string, options: { reason?: string }, command: Command) =>
      (await import('./commands/statement')).close(month, options, command),
    );
  statement
    .command('send <id>')
    .description('have a closed statement sent by mail, with PDF and CSV')
    .requiredOption('--to <email>', 'to whom; may be given more than once', collect)
    .option('--json', 'print JSON')
    .action(async (id: string, options: { to: readonly string[] }, command: Command) =>
      (await import('./commands/statement')).send(id, options.to, command),
    );
  statement
    .command('schedules')
    .description('to whom closed statements are sent by mail, and when')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/statement')).schedules(command));
  statement
    .command('schedule')
    .description('have closed statements sent by mail on a day of the month after')
    .requiredOption('--to <email>', 'to whom; may be given more than once', collect)
    .option('--day <n>', 'day of the month (UTC), 1 to 28', wholeNumber('--day'), 3)
    .option('--cost-centre <name>', 'of this cost centre; without it of all that have no schedule of their own')
    .option('--json', 'print JSON')
    .action(async (options: ScheduleOptions, command: Command) =>
      (await import('./commands/statement')).schedule(options, command),
    );
  statement
    .command('unschedule [cost-centre]')
    .description('have them sent no longer; without a cost centre the schedule of all others')
    .option('--json', 'print JSON')
    .action(async (costCentre: string | undefined, _options: unknown, command: Command) =>
      (await import('./commands/statement')).unschedule(costCentre, command),
    );
};

const addBudgetCommands = (program: Command): void => {
  const budget = program.command('budget').description('what clusters and cost centres may cost in a month');
  budget
    .command('list')
    .description('budgets with what this month cost so far and is expected to come to')
    .option('--json', 'print JSON')
    .action(async (_options: unknown, command: Command) => (await import('./commands/budget')).list(command));
  budget
    .command('set')
    .description('give a cluster or cost centre a budget, in place of the one it has')
    .addOption(new Option('--cluster <cluster>', 'of this cluster').conflicts('costCentre'))
    .option('--cost-centre <name>', 'of this cost centre')
    .requiredOption('--amount <amount>', 'per month, without tax, such as 250.00')
    .option('--at <percent>', 'say so at this share; may be given more than once', collect)
    .option('--cap', 'automatic policies ask for approval before they would have the month end above it')
    .option('--json', 'print JSON')
    .action(async (options: BudgetOptions, command: Command) =>
      (await import('./commands/budget')).set(options, command),
    );
  budget
    .command('remove <id>')
    .description('take a budget away')
    .option('--json', 'print JSON')
    .action(async (id: string, _options: unknown, command: Command) =>
      (await import('./commands/budget')).remove(id, command),
    );
};

export const addBillingCommands = (program: Command): void => {
  addUsageCommands(program);
  addBudgetCommands(program);
  addStatementCommands(program);
};
