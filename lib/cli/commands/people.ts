import type { Command } from 'commander';
import type { ImageView, Preferences, SessionView, UserView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { type ApiClient, listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';

export const listUsers = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const users = await listAll<UserView>(client, '/users');
  await print(output, users, () =>
    printTable(
      ['E-MAIL', 'NAME', 'ROLE', 'TWO-FACTOR', 'SSO', 'DISABLED'],
      users.map((user) => [user.email, user.name, user.role, yes(user.twoFactor), yes(user.sso), user.disabledAt]),
    ),
  );
};

/** In place of a zone, and of topics. */
export const BROWSER_ZONE = 'browser';
export const NOTHING = 'none';

const yes = (is: boolean): string => (is ? 'yes' : 'no');

/** By e-mail address. */
const findUser = async (client: ApiClient, email: string): Promise<UserView> => {
  const found = (await listAll<UserView>(client, '/users')).find((user) => user.email === email.toLowerCase());
  if (found !== undefined) return found;
  throw new CliError(EXIT.refused, `There is nobody with the address ${email}.`, { code: 'not_found' });
};

export const changeUser = async (
  email: string,
  change: { readonly role?: string; readonly disabled?: boolean },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { id } = await findUser(client, email);
  const user = await client.request<UserView>('PATCH', `/users/${id}`, { body: change });
  await print(output, user, () =>
    printLine(`${user.email} is ${user.role}${user.disabledAt === null ? '' : ', disabled'}.`),
  );
};

export const resetTwoFactor = async (email: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { id } = await findUser(client, email);
  const user = await client.request<UserView>('DELETE', `/users/${id}/two-factor`);
  await print(output, user, () => printLine(`${user.email} signs in without a code; their sessions ended.`));
};

export interface PreferencesOptions {
  readonly zone?: string;
  readonly theme?: string;
  readonly density?: string;
  readonly mute?: readonly string[];
}

/** Shows what somebody chose for themselves; changes it where anything is given. */
export const preferences = async (email: string, options: PreferencesOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { zone, theme, density, mute } = options;
  const change = {
    ...(zone === undefined ? {} : { zone: zone === BROWSER_ZONE ? null : zone }),
    ...(theme === undefined ? {} : { theme }),
    ...(density === undefined ? {} : { density }),
    ...(mute === undefined ? {} : { muted: mute.filter((topic) => topic !== NOTHING) }),
  };
  const path = `/users/${encodeURIComponent(email)}/preferences`;
  const isChange = Object.keys(change).length > 0;
  const chosen = await client.request<Preferences>(isChange ? 'PATCH' : 'GET', path, isChange ? { body: change } : {});
  await print(output, chosen, () => {
    printLine(`Zone ${chosen.zone ?? 'of the browser'}, theme ${chosen.theme}, tables ${chosen.density}`);
    printLine(`No notices of: ${chosen.muted.join(', ') || 'nothing'}`);
    printLine(`${chosen.savedFilters.length} saved filters`);
  });
};

export const listSessions = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const sessions = await listAll<SessionView>(client, '/sessions', { of: 'everyone' });
  await print(output, sessions, () =>
    printTable(
      ['ID', 'PERSON', 'SIGNED IN BY', 'ADDRESS', 'SINCE', 'LAST SEEN'],
      sessions.map((s) => [s.id, s.user.email, s.method, s.address, s.createdAt, s.lastSeenAt]),
    ),
  );
};

export const endSession = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const ended = await client.request<SessionView>('DELETE', `/sessions/${encodeURIComponent(id)}`);
  await print(output, ended, () => printLine(`A session of ${ended.user.email} has ended.`));
};

export const listImages = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { items } = await client.request<{ readonly items: readonly ImageView[] }>('GET', '/images');
  await print(output, items, () =>
    printTable(
      ['HASH', 'KERNEL', 'MIB', 'PACKAGES', 'IN USE BY', 'MADE'],
      items.map((image) => [
        image.key,
        image.kernel,
        Math.round(image.sizeBytes / 1024 ** 2),
        image.packages.length,
        image.usedBy.map(({ name }) => name).join(' '),
        image.createdAt,
      ]),
    ),
  );
};
