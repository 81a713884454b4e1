'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { hostsQuery } from '@/components/live/queries';
import { formatMemoryUse } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Meter } from '@/components/ui/meter';
import { Time } from '@/components/ui/time';
import type { HostView, Page } from '@/lib/domain/contract';
import type { MaintenanceActions } from './maintenance-actions';
import { MaintenanceButton } from './maintenance-button';

interface UsedProps {
  readonly label: string;
  readonly used: number;
  readonly total: number;
  readonly text: string;
}

const Used = ({ label, used, total, text }: UsedProps) => (
  <div className="flex w-24 flex-col gap-1">
    <span className="whitespace-nowrap text-fg-2 text-xs">{text}</span>
    <Meter compact label={label} used={used} total={total} text={text} />
  </div>
);

const COLUMNS: readonly DataColumn<HostView>[] = [
  {
    id: 'name',
    header: 'Host',
    sortBy: (host) => host.name,
    cell: (host) => (
      <Link
        prefetch={false}
        href={`/hosts/${host.name}`}
        className="whitespace-nowrap rounded-sm font-medium text-fg hover:underline"
      >
        {host.name}
      </Link>
    ),
  },
  { id: 'site', header: 'Site', className: 'max-sm:hidden', sortBy: (host) => host.site, cell: (host) => host.site },
  { id: 'state', header: 'State', sortBy: (host) => host.state, cell: (host) => <HostStatus state={host.state} /> },
  { id: 'vms', header: 'VMs', numeric: true, sortBy: (host) => host.vms.length, cell: (host) => host.vms.length },
  {
    id: 'vcpus',
    header: 'vCPU',
    sortBy: (host) => host.used.vcpus / host.capacity.vcpus,
    cell: ({ name, used, capacity }) => (
      <Used
        label={`vCPUs of ${name}`}
        used={used.vcpus}
        total={capacity.vcpus}
        text={`${used.vcpus} of ${capacity.vcpus}`}
      />
    ),
  },
  {
    id: 'memory',
    header: 'Memory',
    sortBy: (host) => host.used.memoryMiB / host.capacity.memoryMiB,
    cell: ({ name, used, capacity }) => (
      <Used
        label={`Memory of ${name}`}
        used={used.memoryMiB}
        total={capacity.memoryMiB}
        text={formatMemoryUse(used.memoryMiB, capacity.memoryMiB)}
      />
    ),
  },
  {
    id: 'disk',
    header: 'Disk',
    className: 'max-xl:hidden',
    sortBy: (host) => host.used.diskGiB / host.capacity.diskGiB,
    cell: ({ name, used, capacity }) => (
      <Used
        label={`Disk of ${name}`}
        used={used.diskGiB}
        total={capacity.diskGiB}
        text={`${used.diskGiB} of ${capacity.diskGiB} GiB`}
      />
    ),
  },
  {
    id: 'hypervisor',
    header: 'Hypervisor',
    className: 'max-xl:hidden',
    cell: (host) =>
      host.hypervisor === host.accelerator ? host.hypervisor : `${host.hypervisor}, ${host.accelerator}`,
  },
  { id: 'seen', header: 'Seen', className: 'max-xl:hidden', cell: (host) => <Time at={host.seenAt} /> },
];

interface HostsTableProps {
  readonly initial: Page<HostView>;
  /** Null for those who may not. */
  readonly actions: MaintenanceActions | null;
}

export const HostsTable = ({ initial, actions }: HostsTableProps) => {
  const { data, error, refetch } = useQuery({ ...hostsQuery(), initialData: initial });
  const columns = useMemo(
    () =>
      actions === null
        ? COLUMNS
        : [
            ...COLUMNS,
            {
              id: 'actions',
              header: 'Actions',
              hideHeader: true,
              numeric: true,
              cell: (host: HostView) => <MaintenanceButton host={host} actions={actions} size="sm" />,
            },
          ],
    [actions],
  );
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Hosts"
      rows={data.items}
      columns={columns}
      rowId={(host) => host.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<Server />} title="No hosts yet">
          The orchestrator reports hosts when it has started.
        </EmptyState>
      }
    />
  );
};
