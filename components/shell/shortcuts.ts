import { type Role, roleCan } from '@/lib/domain/role';
import { NAV } from './nav';

export interface Shortcut {
  /** Keys in order: `['g', 'c']`. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly group: 'Go to' | 'Anywhere' | 'In a list';
}

export type ShortcutAct =
  | { readonly kind: 'go'; readonly href: string }
  | { readonly kind: 'palette' | 'help' | 'notifications' | 'search-list' };

const ANYWHERE: readonly (Shortcut & { readonly act: ShortcutAct })[] = [
  { keys: ['?'], label: 'Show these shortcuts', group: 'Anywhere', act: { kind: 'help' } },
  { keys: ['n'], label: 'Notifications', group: 'Anywhere', act: { kind: 'notifications' } },
  { keys: ['/'], label: 'Search in the list, or everywhere', group: 'In a list', act: { kind: 'search-list' } },
];

/** What a role may reach by keys alone. */
export const shortcutsFor = (role: Role): readonly (Shortcut & { readonly act: ShortcutAct })[] => [
  ...NAV.filter(({ permission }) => roleCan(role, permission)).map(({ key, label, href }) => ({
    keys: ['g', key],
    label,
    group: 'Go to' as const,
    act: { kind: 'go' as const, href },
  })),
  ...(roleCan(role, 'cluster.create')
    ? [
        {
          keys: ['c'],
          label: 'Create a cluster',
          group: 'Anywhere' as const,
          act: { kind: 'go' as const, href: '/clusters/new' },
        },
      ]
    : []),
  ...ANYWHERE,
];

/** A second key has to follow within this time. */
export const SEQUENCE_MS = 1_500;

export interface KeyPress {
  readonly key: string;
  readonly atMs: number;
}

/**
 * What the keys pressed so far mean: an act, or what to remember until the next key. An unknown key begins anew, so that
 * "g", a slip, "g", "c" still arrives.
 */
export const readKeys = <A>(
  shortcuts: readonly { readonly keys: readonly string[]; readonly act: A }[],
  held: KeyPress | null,
  press: KeyPress,
): { readonly act: A | null; readonly held: KeyPress | null } => {
  const isFresh = held !== null && press.atMs - held.atMs <= SEQUENCE_MS;
  const find = (keys: readonly string[]) => shortcuts.find((one) => one.keys.join(' ') === keys.join(' '));
  const second = isFresh ? find([held.key, press.key]) : undefined;
  if (second !== undefined) return { act: second.act, held: null };
  const first = find([press.key]);
  if (first !== undefined) return { act: first.act, held: null };
  const begins = shortcuts.some(({ keys }) => keys.length > 1 && keys[0] === press.key);
  return { act: null, held: begins ? press : null };
};
