'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Boxes, Plus, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { clustersQuery, hostsQuery } from '@/components/live/queries';
import { type Role, roleCan } from '@/lib/domain/role';
import { NAV } from './nav';

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly role: Role;
}

interface EntryProps {
  readonly value: string;
  readonly keywords?: readonly string[];
  readonly icon: ReactNode;
  readonly note?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

const Entry = ({ value, keywords = [], icon, note, onSelect, children }: EntryProps) => (
  <Command.Item
    value={value}
    keywords={[...keywords]}
    onSelect={onSelect}
    className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-fg text-sm data-[selected=true]:bg-hover pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:text-fg-3"
  >
    {icon}
    <span className="grow truncate">{children}</span>
    {note !== undefined && <span className="truncate text-fg-3 text-xs">{note}</span>}
  </Command.Item>
);

const GROUP =
  'px-1.5 pb-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-fg-3 [&_[cmdk-group-heading]]:text-xs';

/** Pages, clusters and hosts by a few letters of their names. */
export const CommandPalette = ({ open, onOpenChange, role }: CommandPaletteProps) => {
  const router = useRouter();
  const clusters = useQuery({ ...clustersQuery(), enabled: open });
  const hosts = useQuery({ ...hostsQuery(), enabled: open });
  const go = (href: string) => (): void => {
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
          <Command label="Go to" loop>
            <Command.Input
              placeholder="A page, a cluster, a host…"
              className="h-12 w-full border-b bg-transparent px-4 text-base outline-none placeholder:text-fg-3 pointer-coarse:text-[1rem]"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto pt-1.5">
              <Command.Empty className="px-4 py-8 text-center text-fg-2 text-sm">Nothing of that name.</Command.Empty>
              <Command.Group heading="Pages" className={GROUP}>
                {NAV.filter((item) => roleCan(role, item.permission)).map(({ label, href, icon: Icon, keywords }) => (
                  <Entry
                    key={href}
                    value={`${label} page`}
                    keywords={keywords}
                    icon={<Icon aria-hidden />}
                    onSelect={go(href)}
                  >
                    {label}
                  </Entry>
                ))}
                {roleCan(role, 'cluster.create') && (
                  <Entry
                    value="Create a cluster"
                    keywords={['new', 'add']}
                    icon={<Plus aria-hidden />}
                    onSelect={go('/clusters/new')}
                  >
                    Create a cluster
                  </Entry>
                )}
              </Command.Group>
              {(clusters.data?.items.length ?? 0) > 0 && (
                <Command.Group heading="Clusters" className={GROUP}>
                  {clusters.data?.items.map((cluster) => (
                    <Entry
                      key={cluster.id}
                      value={`${cluster.name} cluster`}
                      keywords={[cluster.vip, cluster.workload]}
                      icon={<Boxes aria-hidden />}
                      note={`${cluster.vip} · ${cluster.state}`}
                      onSelect={go(`/clusters/${cluster.name}`)}
                    >
                      {cluster.name}
                    </Entry>
                  ))}
                </Command.Group>
              )}
              {(hosts.data?.items.length ?? 0) > 0 && (
                <Command.Group heading="Hosts" className={GROUP}>
                  {hosts.data?.items.map((host) => (
                    <Entry
                      key={host.id}
                      value={`${host.name} host`}
                      keywords={[host.site]}
                      icon={<Server aria-hidden />}
                      note={`${host.site} · ${host.state}`}
                      onSelect={go(`/hosts/${host.name}`)}
                    >
                      {host.name}
                    </Entry>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
