'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ArrowRight, Boxes, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog as RadixDialog } from 'radix-ui';
import { useState } from 'react';
import { clustersQuery, hostsQuery } from '@/components/live/queries';
import type { Role } from '@/lib/domain/role';
import { NAV } from './nav';
import { paletteEntries } from './palette-entries';
import { type PaletteEntry, rankEntries } from './rank-entries';

const SHOWN_MAX = 50;

const EntryIcon = ({ entry }: { readonly entry: PaletteEntry }) => {
  if (entry.kind === 'cluster') return <Boxes aria-hidden />;
  if (entry.kind === 'host') return <Server aria-hidden />;
  const Icon = NAV.find((item) => item.href === entry.href)?.icon ?? ArrowRight;
  return <Icon aria-hidden />;
};

interface EntriesProps {
  readonly role: Role;
  readonly search: string;
  readonly onChoose: (href: string) => void;
}

const Entries = ({ role, search, onChoose }: EntriesProps) => {
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const hosts = useQuery(hostsQuery()).data?.items ?? [];
  const found = rankEntries(paletteEntries(role, clusters, hosts), search).slice(0, SHOWN_MAX);
  if (found.length === 0) {
    return (
      <p role="status" className="px-4 py-8 text-center text-fg-2 text-sm">
        Nothing of that name.
      </p>
    );
  }
  return (
    <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
      {found.map((entry) => (
        <Command.Item
          key={entry.href}
          value={entry.href}
          onSelect={() => onChoose(entry.href)}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-fg text-sm data-[selected=true]:bg-hover pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:text-fg-3"
        >
          <EntryIcon entry={entry} />
          <span className="grow truncate">{entry.label}</span>
          <span className="truncate text-fg-3 text-xs">{entry.note ?? entry.kind}</span>
        </Command.Item>
      ))}
    </Command.List>
  );
};

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly role: Role;
}

const Search = ({ role, onChoose }: Omit<EntriesProps, 'search'>) => {
  const [search, setSearch] = useState('');
  return (
    <Command label="Go to" loop shouldFilter={false}>
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="A page, a cluster, a host…"
        className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-fg-3 pointer-coarse:text-[1rem]"
      />
      <Entries role={role} search={search} onChoose={onChoose} />
    </Command>
  );
};

/** Pages, clusters and hosts by a few letters of their names. */
export const CommandPalette = ({ open, onOpenChange, role }: CommandPaletteProps) => {
  const router = useRouter();
  const choose = (href: string): void => {
    onOpenChange(false);
    router.push(href);
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-in bg-overlay" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-in overflow-hidden rounded-xl bg-raised shadow-pop outline-none"
        >
          <RadixDialog.Title className="sr-only">Go to</RadixDialog.Title>
          <Search role={role} onChoose={choose} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
