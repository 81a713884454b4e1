'use client';

import { useQuery } from '@tanstack/react-query';
import { MonitorDot } from 'lucide-react';
import { asOptions } from '@/components/lists/as-options';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { VMS_LIMIT } from '@/components/live/limits';
import { hostsQuery } from '@/components/live/queries';
import { EmptyState } from '@/components/ui/empty-state';
import type { Page, VmView } from '@/lib/domain/contract';
import { VM_ROLES } from '@/lib/domain/inventory';
import { VM_COLUMNS } from './vm-columns';
import { VmPhoneRow } from './vm-phone-row';
import { HELD_STATES, VMS_LIST } from './vms-list';

interface VmsTableProps {
  readonly initial: Page<VmView>;
  readonly initialState: ListState;
}

export const VmsTable = ({ initial, initialState }: VmsTableProps) => {
  const list = useListState(VMS_LIST);
  const hosts = useQuery(hostsQuery()).data?.items ?? [];
  const source = useRemoteSource<VmView>(list, {
    key: ['vms', 'list'],
    path: '/vms',
    limit: VMS_LIMIT,
    initial,
    initialState,
  });
  return (
    <ListTable
      label="VMs"
      list={list}
      source={source}
      columns={VM_COLUMNS}
      filters={[
        { name: 'state', label: 'State', options: asOptions(HELD_STATES) },
        { name: 'role', label: 'Role', options: asOptions(VM_ROLES) },
        { name: 'site', label: 'Site', options: asOptions(hosts.map(({ site }) => site)) },
        { name: 'host', label: 'Host', options: asOptions(hosts.map(({ name }) => name)) },
      ]}
      rowId={(vm) => vm.id}
      rowName={(vm) => vm.name}
      searchIn="name, cluster, host, address"
      phoneRow={(vm) => <VmPhoneRow key={vm.id} vm={vm} />}
      empty={
        <EmptyState icon={<MonitorDot />} title="No VMs">
          VMs come with clusters: as their nodes, and as spares kept ready.
        </EmptyState>
      }
    />
  );
};
