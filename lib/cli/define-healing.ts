import type { Command } from 'commander';

/** A command that was defined elsewhere, to add to. */
const get = (program: Command, name: string): Command => {
  const found = program.commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`There is no command ${name} to add to.`);
  return found;
};

/** `alarm …`, and what clusters and hosts have for when something is lost. Call it after the others. */
export const addHealingCommands = (program: Command): void => {
  program
    .command('alarm')
    .description('what people should know until it is over')
    .command('list')
    .description('open alarms')
    .option('--cluster <cluster>', 'of this cluster')
    .option('--all', 'past ones too')
    .option('--json', 'print JSON')
    .action(async (options: { cluster?: string; all?: boolean }, command: Command) =>
      (await import('./commands/healing')).alarms(options, command),
    );
  get(program, 'cluster')
    .command('health <cluster>')
    .description('what every witness says of each node, with the evidence')
    .option('--json', 'print JSON')
    .action(async (name: string, _options: unknown, command: Command) =>
      (await import('./commands/healing')).health(name, command),
    );
  get(program, 'cluster')
    .command('recover <cluster>')
    .description('replace what it has lost, also beyond what happens by itself in an hour')
    .option('--reason <text>', 'why; it is written down')
    .option('--no-wait', 'answer as soon as the operation is accepted')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { reason?: string; wait?: boolean }, command: Command) =>
      (await import('./commands/healing')).recover(name, options, command),
    );
  get(program, 'host')
    .command('confirm-off <host>')
    .description('say that a host is off, which nothing could prove: what ran on it starts elsewhere')
    .requiredOption('--confirm <host>', "the host's name again")
    .requiredOption('--reason <text>', 'how it is known; it is written down')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { confirm: string; reason: string }, command: Command) =>
      (await import('./commands/healing')).confirmOff(name, options, command),
    );
  get(program, 'vm')
    .command('confirm-off <vm>')
    .description('say that a VM is off whose fencing nobody acknowledges: it is replaced')
    .requiredOption('--confirm <vm>', "the VM's name again")
    .requiredOption('--reason <text>', 'how it is known; it is written down')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { confirm: string; reason: string }, command: Command) =>
      (await import('./commands/healing')).confirmVmOff(name, options, command),
    );
};
