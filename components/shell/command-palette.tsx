'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import {
  Activity,
  ArrowRight,
  Boxes,
  type LucideIcon,
  MonitorDot,
  Package,
  Server,
  SlidersHorizontal,
  User,
  Zap,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog as RadixDialog } from 'radix-ui';
import { useDeferredValue, useState } from 'react';
import { searchQuery } from '@/components/live/queries';
import type { Role } from '@/lib/domain/role';
import { NAV } from './nav';
import { hitEntries, paletteEntries } from './palette-entries';
import { type PaletteEntry, rankEntries } from './rank-entries';

const SHOWN_MAX = 40;

const ICONS: Readonly<Partial<Record<PaletteEntry['kind'], LucideIcon>>> = {
  act: Zap,
  cluster: Boxes,
  vm: MonitorDot,
  host: Server,
  operation: Activity,
  policy: SlidersHorizontal,
  workload: Package,
  person: User,
};

const EntryIcon = ({ entry }: { readonly entry: PaletteEntry }) => {
  const Icon = ICONS[entry.kind] ?? NAV.find((item) => item.href === entry.href)?.icon ?? ArrowRight;
  return <Icon aria-hidden />;
};

interface EntriesProps {
  readonly role: Role;
  readonly search: string;
  readonly onChoose: (href: string) => void;
}

const Entries = ({ role, search, onChoose }: EntriesProps) => {
  const q = useDeferredValue(search.trim());
  const { data, isFetching, error } = useQuery(searchQuery(q));
  const hits = q === '' || data === undefined ? [] : hitEntries(role, data.items);
  const named = rankEntries([...paletteEntries(role), ...hits], search);
  // Found by an address or a person rather than by its name.
  const others = hits.filter((hit) => !named.includes(hit));
  const found = [...named, ...others].slice(0, SHOWN_MAX);
  return (
    <>
      <p role="status" className={found.length === 0 ? 'px-4 py-8 text-center text-fg-2 text-sm' : 'sr-only'}>
        {error !== null
          ? error.message
          : isFetching && found.length === 0
            ? 'Searching…'
            : found.length === 0
              ? 'Nothing of that name.'
              : `${found.length} found`}
      </p>
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
        {found.map((entry) => (
          <Command.Item
            key={`${entry.kind} ${entry.href} ${entry.label}`}
            value={`${entry.kind} ${entry.href} ${entry.label}`}
            onSelect={() => onChoose(entry.href)}
            className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-fg text-sm data-[selected=true]:bg-hover pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-fg-3"
          >
            <EntryIcon entry={entry} />
            <span className="grow truncate">{entry.label}</span>
            <span className="truncate text-fg-3 text-xs">
              {entry.note === null ? entry.kind : `${entry.kind} · ${entry.note}`}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </>
  );
};

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly role: Role;
  /** For entries whose address begins with `#`: what the shell does itself. */
  readonly onAct: (act: string) => void;
}

const Search = ({ role, onChoose }: Omit<EntriesProps, 'search'>) => {
  const [search, setSearch] = useState('');
  return (
    <Command label="Search and commands" loop shouldFilter={false}>
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="A page, a cluster, a VM, an act…"
        className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-fg-3 pointer-coarse:text-[1rem]"
      />
      <Entries role={role} search={search} onChoose={onChoose} />
    </Command>
  );
};

/** Pages, acts and everything that exists, by a few letters of their names. */
export const CommandPalette = ({ open, onOpenChange, role, onAct }: CommandPaletteProps) => {
  const router = useRouter();
  const choose = (href: string): void => {
    onOpenChange(false);
    if (href.startsWith('#')) onAct(href.slice(1));
    else router.push(href);
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-in bg-overlay" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-in overflow-hidden rounded-xl bg-raised shadow-pop outline-none"
        >
          <RadixDialog.Title className="sr-only">Search and commands</RadixDialog.Title>
          <Search role={role} onChoose={choose} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
