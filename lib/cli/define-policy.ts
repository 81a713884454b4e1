import { type Command, Option } from 'commander';
import { RECOMMENDATION_STATES } from '@/lib/domain/contract/policy';
import { POLICY_MODES } from '@/lib/domain/policy/schema';
import type { BacktestOptions } from './commands/backtest';
import type { CalendarOptions, SetOptions } from './commands/policy';
import { positiveNumber, wholeNumber } from './context';

const policies = () => import('./commands/policy');
const recommendations = () => import('./commands/recommendation');

const addBacktest = (policy: Command): void => {
  policy
    .command('backtest')
    .description('replay a policy over a trace in a file (needs no running Headroom), or over stored metrics')
    .argument('[policy]', 'a stored policy, for stored metrics')
    .option('--file <csv>', 'time and value, one point a line')
    .option('--policy <json>', 'a policy as POST /policies takes it; at least its rule')
    .option('--against <json>', 'a second policy, side by side')
    .option('--from <time>', 'of the stored metrics, ISO 8601; a day before --to by default')
    .option('--to <time>', 'of the stored metrics, ISO 8601; now by default')
    .option('--nodes <n>', 'nodes to start from; the fewest allowed by default', wholeNumber('--nodes'))
    .option('--vcpus <n>', 'vCPUs of each to start from', wholeNumber('--vcpus'))
    .option('--memory <MiB>', 'memory of each to start from', wholeNumber('--memory'))
    .option(
      '--capacity <value>',
      'the values are demand, of which a node bears this much',
      positiveNumber('--capacity'),
    )
    .option('--change-ms <ms>', 'what a change takes; 60000 by default', wholeNumber('--change-ms'))
    .option('--prices <json>', 'what sizes cost: currency, vcpuHour, memoryGiBHour, nodeHour, spares, restHour')
    .option('--series', 'with --json: also the series for a chart')
    .option('--json', 'print JSON')
    .action(async (name: string | undefined, options: BacktestOptions, command: Command) =>
      (await import('./commands/backtest')).backtest(name, options, command),
    );
};

const addPolicies = (program: Command): void => {
  const policy = program.command('policy').description('rules that change the size of clusters');
  policy
    .command('list')
    .description('policies with what they last decided')
    .option('--cluster <cluster>', 'of this cluster')
    .option('--json', 'print JSON')
    .action(async (options: { cluster?: string }, command: Command) => (await policies()).list(options, command));
  policy
    .command('show <policy>')
    .description('one policy, with its next runs and warnings')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) => (await policies()).show(name, command));
  policy
    .command('calendar')
    .description('what calendars of policies have in force in a year')
    .option('--year <year>', 'this one by default', wholeNumber('--year'))
    .option('--cluster <cluster>', 'of this cluster')
    .option('--json', 'print JSON')
    .action(async (options: CalendarOptions, command: Command) => (await policies()).calendar(options, command));
  policy
    .command('create <file>')
    .description('make a policy from a JSON file')
    .option('--json', 'print JSON')
    .action(async (file: string, _options: unknown, command: Command) => (await policies()).create(file, command));
  policy
    .command('update <policy> <file>')
    .description('replace what the JSON file gives: name, mode, enabled, rule, bounds, approval')
    .option('--json', 'print JSON')
    .action(async (name: string, file: string, _options: unknown, command: Command) =>
      (await policies()).update(name, file, command),
    );
  policy
    .command('set <policy>')
    .description('change its mode, switch it on or off')
    .addOption(new Option('--mode <mode>', 'what it may do').choices([...POLICY_MODES]))
    .addOption(new Option('--on', 'evaluate it').conflicts('off'))
    .addOption(new Option('--off', 'leave it alone').conflicts('on'))
    .option('--json', 'print JSON')
    .action(async (name: string, options: SetOptions, command: Command) =>
      (await policies()).set(name, options, command),
    );
  policy
    .command('delete <policy>')
    .description('remove a policy; its evaluations stay until they are too old')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) => (await policies()).remove(name, command));
  policy
    .command('evaluations <policy>')
    .description('the newest evaluations, with values and reasons')
    .option('--acted', 'only those that did something, or would have')
    .option('--limit <n>', 'how many, at most 200', wholeNumber('--limit'), 50)
    .option('--json', 'print JSON')
    .action(async (name: string, options: { acted?: boolean; limit: number }, command: Command) =>
      (await policies()).evaluations(name, options, command),
    );
  policy
    .command('cost <policy>')
    .description('what it did cost or save, beside the size that people last asked for')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) => (await policies()).cost(name, command));
  addBacktest(policy);
};

const addRecommendations = (program: Command): void => {
  const recommendation = program.command('recommendation').description('changes that policies ask approval for');
  recommendation
    .command('list')
    .description('recommendations, newest first')
    .addOption(new Option('--state <state>', 'only these').choices([...RECOMMENDATION_STATES]))
    .option('--cluster <cluster>', 'of this cluster')
    .option('--json', 'print JSON')
    .action(async (options: { state?: string; cluster?: string }, command: Command) =>
      (await recommendations()).list(options, command),
    );
  recommendation
    .command('show <id>')
    .description('evidence, plan and expiry')
    .option('--json', 'print JSON')
    .action(async (id: string, _options: unknown, command: Command) => (await recommendations()).show(id, command));
  recommendation
    .command('approve <id>')
    .description('have its plan executed')
    .option('--plan-hash <hash>', 'only if the plan is still this one; by default the one that is shown now')
    .option('--comment <text>', 'why; it is written down')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { planHash?: string; comment?: string }, command: Command) =>
      (await recommendations()).approve(id, options, command),
    );
  recommendation
    .command('reject <id>')
    .description('close it without a change')
    .option('--comment <text>', 'why; it is written down')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { comment?: string }, command: Command) =>
      (await recommendations()).reject(id, options, command),
    );
};

export const addPolicyCommands = (program: Command): void => {
  addPolicies(program);
  addRecommendations(program);
};
