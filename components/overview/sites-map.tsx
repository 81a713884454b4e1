'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import Link from 'next/link';
import { hostsQuery } from '@/components/live/queries';
import { formatMemoryUse, formatShape } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Meter } from '@/components/ui/meter';
import { Panel } from '@/components/ui/panel';
import { Tooltip } from '@/components/ui/tooltip';
import type { HostView, Page, VmView } from '@/lib/domain/contract';
import { groupBySite, type SiteSummary } from './group-by-site';

const VM_DOT: Readonly<Record<VmView['state'], string>> = {
  reserved: 'border border-control',
  creating: 'bg-accent',
  running: 'bg-ok-dot',
  stopped: 'bg-idle-dot',
  failed: 'bg-bad-dot',
  destroying: 'bg-warn-dot',
  released: 'bg-idle-dot',
};

const VmChip = ({ vm }: { readonly vm: VmView }) => {
  const what = `${vm.role === 'spare' ? 'spare, ' : ''}${vm.state}, ${formatShape(vm.shape)}`;
  return (
    <li className="min-w-0">
      <Tooltip
        content={
          <span className="flex flex-col">
            <span className="font-medium">{vm.name}</span>
            <span>{what}</span>
            <span className="font-mono">{vm.address}</span>
          </span>
        }
      >
        <Link
          prefetch={false}
          href={vm.cluster === null ? '/vms' : `/clusters/${vm.cluster.name}`}
          className={cn(
            'flex h-6 items-center gap-1.5 rounded-sm border px-1.5 text-fg-2 text-xs hover:border-line-strong hover:text-fg pointer-coarse:h-8',
            vm.role === 'spare' ? 'border-dashed' : 'bg-subtle',
          )}
        >
          <span aria-hidden className={cn('size-1.5 shrink-0 rounded-full', VM_DOT[vm.state])} />
          <span className="truncate">{vm.name}</span>
          <span className="sr-only">, {what}</span>
        </Link>
      </Tooltip>
    </li>
  );
};

const HostCard = ({ host }: { readonly host: HostView }) => (
  <article aria-label={host.name} className="flex min-w-0 flex-col gap-3 p-4">
    <div className="flex items-center justify-between gap-2">
      <Link
        prefetch={false}
        href={`/hosts/${host.name}`}
        className="truncate rounded-sm font-medium text-fg text-sm hover:underline"
      >
        {host.name}
      </Link>
      <span className="text-xs">
        <HostStatus state={host.state} />
      </span>
    </div>
    <div className="grid grid-cols-2 gap-4">
      <Meter
        label="vCPU"
        used={host.used.vcpus}
        total={host.capacity.vcpus}
        text={`${host.used.vcpus} of ${host.capacity.vcpus}`}
      />
      <Meter
        label="Memory"
        used={host.used.memoryMiB}
        total={host.capacity.memoryMiB}
        text={formatMemoryUse(host.used.memoryMiB, host.capacity.memoryMiB)}
      />
    </div>
    {host.vms.length === 0 ? (
      <p className="text-fg-3 text-xs">No VMs</p>
    ) : (
      <ul aria-label={`VMs on ${host.name}`} className="flex flex-wrap gap-1">
        {host.vms.map((vm) => (
          <VmChip key={vm.id} vm={vm} />
        ))}
      </ul>
    )}
  </article>
);

const SitePanel = ({ site }: { readonly site: SiteSummary }) => (
  <Panel
    title={site.name}
    actions={
      <span className="text-fg-3 text-xs">
        {site.hosts.length} {site.hosts.length === 1 ? 'host' : 'hosts'}
      </span>
    }
    flush
  >
    <div className="grid divide-y sm:grid-cols-2 sm:divide-x sm:divide-y-0">
      {site.hosts.map((host) => (
        <HostCard key={host.id} host={host} />
      ))}
    </div>
  </Panel>
);

/** Where everything runs. */
export const SitesMap = ({ initial }: { readonly initial: Page<HostView> }) => {
  const { data, error, refetch } = useQuery({ ...hostsQuery(), initialData: initial });
  if (error !== null) {
    return (
      <Panel>
        <ErrorState message={error.message} onRetry={() => void refetch()} />
      </Panel>
    );
  }
  if (data.items.length === 0) {
    return (
      <Panel>
        <EmptyState icon={<Server />} title="No hosts yet">
          The orchestrator reports hosts when it has started.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      {groupBySite(data.items).map((site) => (
        <SitePanel key={site.name} site={site} />
      ))}
    </div>
  );
};
