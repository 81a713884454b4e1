'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useMemo } from 'react';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn, ListFilter } from '@/components/lists/list-rows';
import type { ListSpec } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useLocalSource } from '@/components/lists/use-source';
import { hostsQuery } from '@/components/live/queries';
import { formatMemoryUse } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { Time } from '@/components/ui/time';
import type { HostView, Page } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { HOST_STATES } from '@/lib/domain/inventory';
import { LabelList } from './labels-panel';
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

/** Its own and its site's. */
const labelsOf = ({ labels, siteLabels }: HostView): readonly string[] => [...new Set([...labels, ...siteLabels])];

const COLUMNS: readonly ListColumn<HostView>[] = [
  {
    id: 'name',
    header: 'Host',
    text: (host) => host.name,
    cell: (host) => <RowLink href={`/hosts/${host.name}`}>{host.name}</RowLink>,
  },
  {
    id: 'labels',
    header: 'Labels',
    className: 'max-xl:hidden',
    text: (host) => labelsOf(host).join(' '),
    cell: (host) => <LabelList labels={labelsOf(host)} />,
  },
  { id: 'site', header: 'Site', className: 'max-sm:hidden', text: (host) => host.site },
  { id: 'state', header: 'State', text: (host) => host.state, cell: (host) => <HostStatus state={host.state} /> },
  { id: 'vms', header: 'VMs', numeric: true, text: (host) => host.vmCount },
  {
    id: 'vcpus',
    header: 'vCPU',
    sortBy: (host) => host.used.vcpus / host.capacity.vcpus,
    text: ({ used, capacity }) => `${used.vcpus} of ${capacity.vcpus}`,
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
    text: ({ used, capacity }) => formatMemoryUse(used.memoryMiB, capacity.memoryMiB),
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
    text: ({ used, capacity }) => `${used.diskGiB} of ${capacity.diskGiB} GiB`,
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
    text: (host) => host.hypervisor,
    className: 'max-xl:hidden',
    cell: (host) =>
      host.hypervisor === host.accelerator ? host.hypervisor : `${host.hypervisor}, ${host.accelerator}`,
  },
  {
    id: 'seen',
    header: 'Seen',
    className: 'max-xl:hidden',
    text: (host) => host.seenAt ?? '',
    cell: (host) => <Time at={host.seenAt} />,
  },
];

const HostPhoneRow = ({ host, actions }: { readonly host: HostView; readonly actions: MaintenanceActions | null }) => (
  <PhoneRow title={<RowLink href={`/hosts/${host.name}`}>{host.name}</RowLink>} end={<HostStatus state={host.state} />}>
    {host.site} · {counted(host.vmCount, 'VM')} · {host.used.vcpus} of {host.capacity.vcpus} vCPU ·{' '}
    {formatMemoryUse(host.used.memoryMiB, host.capacity.memoryMiB)}
    {actions !== null && (
      <span className="block pt-1.5">
        <MaintenanceButton host={host} actions={actions} size="sm" />
      </span>
    )}
  </PhoneRow>
);

const HOSTS_LIST: ListSpec = {
  path: '/hosts',
  sort: 'name',
  sorts: ['name', 'site', 'state', 'vms', 'vcpus', 'memory', 'disk', 'hypervisor', 'seen'],
  filters: { state: HOST_STATES, site: null, label: null },
};

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
  const hosts = data.items;
  const filters = useMemo(
    (): readonly ListFilter<HostView>[] => [
      { name: 'state', label: 'State', options: asOptions(HOST_STATES), of: ({ state }) => state },
      { name: 'site', label: 'Site', options: asOptions(hosts.map(({ site }) => site)), of: ({ site }) => site },
      { name: 'label', label: 'Label', options: asOptions(hosts.flatMap(labelsOf).sort()), of: labelsOf },
    ],
    [hosts],
  );
  const list = useListState(HOSTS_LIST);
  const source = useLocalSource(list, { rows: hosts, columns, filters, error, retry: () => void refetch() });
  return (
    <ListTable
      label="Hosts"
      list={list}
      source={source}
      columns={columns}
      filters={filters}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      searchIn="name, site, label, hypervisor"
      phoneRow={(host) => <HostPhoneRow key={host.id} host={host} actions={actions} />}
      empty={
        <EmptyState icon={<Server />} title="No hosts yet">
          The orchestrator reports hosts when it has started.
        </EmptyState>
      }
    />
  );
};
