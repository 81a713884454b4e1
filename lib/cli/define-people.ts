import { type Command, Option } from 'commander';
import { DENSITIES, NOTICE_TOPICS, THEMES } from '@/lib/domain/contract';
import { ROLES } from '@/lib/domain/role';
import type { PreferencesOptions } from './commands/people';
import { wholeNumber } from './context';

const people = () => import('./commands/people');
const guest = () => import('./commands/guest');

const json = (command: Command): Command => command.option('--json', 'print JSON');

/** People, their sessions, images, and what is inside guests. After `vm` and `cluster` are there. */
export const addPeopleCommands = (program: Command): void => {
  const user = program.command('user').description('people who sign in');
  json(user.command('list').description('everybody, with how they sign in')).action(
    async (_options: unknown, command: Command) => (await people()).listUsers(command),
  );
  json(user.command('role <email>').description('give somebody another role; ends their sessions'))
    .addOption(new Option('--role <role>', 'what they may').choices([...ROLES]).makeOptionMandatory())
    .action(async (email: string, options: { role: string }, command: Command) =>
      (await people()).changeUser(email, { role: options.role }, command),
    );
  for (const [verb, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    json(
      user.command(`${verb} <email>`).description(disabled ? 'let somebody in no more' : 'let them in again'),
    ).action(async (email: string, _options: unknown, command: Command) =>
      (await people()).changeUser(email, { disabled }, command),
    );
  }
  json(
    user.command('reset-two-factor <email>').description('for who lost their authenticator and their recovery codes'),
  ).action(async (email: string, _options: unknown, command: Command) =>
    (await people()).resetTwoFactor(email, command),
  );

  json(
    user
      .command('preferences <email>')
      .description('what somebody chose for themselves; changes it where anything is given'),
  )
    .option('--zone <zone>', 'zone that times are shown in, such as Europe/Paris; `browser` for that of the browser')
    .addOption(new Option('--theme <theme>', 'colours').choices([...THEMES]))
    .addOption(new Option('--density <density>', 'height of rows').choices([...DENSITIES]))
    .addOption(
      new Option('--mute <topic...>', 'no notices of these; `none` for all notices').choices([
        ...NOTICE_TOPICS,
        'none',
      ]),
    )
    .action(async (email: string, options: PreferencesOptions, command: Command) =>
      (await people()).preferences(email, options, command),
    );

  const session = program.command('session').description('who is signed in');
  json(session.command('list').description('all sessions that hold')).action(
    async (_options: unknown, command: Command) => (await people()).listSessions(command),
  );
  json(session.command('end <id>').description('sign somebody out')).action(
    async (id: string, _options: unknown, command: Command) => (await people()).endSession(id, command),
  );
  json(
    program
      .command('image')
      .description('guest images')
      .command('list')
      .description('what they are made of, who uses them'),
  ).action(async (_options: unknown, command: Command) => (await people()).listImages(command));
};

export const addGuestCommands = (vm: Command): void => {
  json(vm.command('log <vm>').description('last lines of keepalived, HAProxy and the application'))
    .option('--lines <n>', 'how many, at most 1000', wholeNumber('--lines'), 200)
    .action(async (name: string, options: { lines: number }, command: Command) =>
      (await guest()).log(name, options, command),
    );
  vm.command('console <vm>')
    .description('follow the serial console')
    .option('--type', 'type as well')
    .action(async (name: string, options: { type?: boolean }, command: Command) =>
      (await guest()).openConsole(name, options, command),
    );
};
