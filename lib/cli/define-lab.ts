import { type Command, Option } from 'commander';
import { LAB_CUTS, type LabFaultKind } from '@/lib/domain/lab-fault';

const HARMS: readonly { readonly words: string; readonly kind: LabFaultKind; readonly what: string }[] = [
  { words: 'crash <vm>', kind: 'crash-vm', what: 'end a VM as a crash would' },
  { words: 'crash-application <vm>', kind: 'crash-application', what: 'end the application of a node for good' },
  { words: 'pause <vm>', kind: 'pause-vm', what: 'stop a VM without ending it' },
  { words: 'fill-disk <vm>', kind: 'fill-disk', what: 'leave no room on the disk and data volume of a VM' },
  { words: 'power-off <host>', kind: 'power-off-host', what: 'take the power from a host' },
  { words: 'cut <host>', kind: 'cut-host', what: 'cut a host off; it goes on, and cannot be asked' },
  { words: 'cut-site <site>', kind: 'cut-site', what: 'cut a site off' },
];

/** What `lab` has for rehearsals, besides its status. Call it after the others. */
export const addLabCommands = (program: Command): void => {
  const lab = program.commands.find((command) => command.name() === 'lab');
  if (lab === undefined) throw new Error('There is no command lab to add to.');
  for (const { words, kind, what } of HARMS) {
    const harm = lab.command(words).description(`${what}, to see what follows`);
    if (kind === 'cut-host' || kind === 'cut-site')
      harm.addOption(
        new Option('--direction <direction>', 'which packets are lost, seen from it').choices([...LAB_CUTS]),
      );
    harm
      .option('--reason <text>', 'why; it is written down')
      .option('--json', 'print JSON')
      .action(async (target: string, options: { direction?: string; reason?: string }, command: Command) =>
        (await import('./commands/lab')).hurt(kind, target, options, command),
      );
  }
  lab
    .command('faults')
    .description('harm that was done on purpose and lasts')
    .option('--all', 'past ones too')
    .option('--json', 'print JSON')
    .action(async (options: { all?: boolean }, command: Command) =>
      (await import('./commands/lab')).list(options, command),
    );
  lab
    .command('restore [id]')
    .description('make one fault good, or all of them')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, _options: unknown, command: Command) =>
      (await import('./commands/lab')).restore(id, command),
    );
};
