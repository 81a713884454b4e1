'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { MonitorDot, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { firstPage, vmsQuery } from '@/components/live/queries';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import type { Page, VmView } from '@/lib/domain/contract';
import { VM_COLUMNS } from './vm-columns';

const ROLES = [
  { value: 'all', label: 'All' },
  { value: 'node', label: 'Nodes' },
  { value: 'spare', label: 'Spares' },
] as const;
type RoleFilter = (typeof ROLES)[number]['value'];

const matches = (vm: VmView, text: string): boolean =>
  [vm.name, vm.cluster?.name ?? '', vm.host, vm.site, vm.address].some((word) => word.includes(text));

export const VmsTable = ({ initial }: { readonly initial: Page<VmView> }) => {
  const query = useInfiniteQuery({ ...vmsQuery({}), initialData: firstPage(initial) });
  const [role, setRole] = useState<RoleFilter>('all');
  const [text, setText] = useState('');
  const vms = useMemo(() => query.data.pages.flatMap((page) => page.items), [query.data]);
  const shown = useMemo(
    () => vms.filter((vm) => (role === 'all' || vm.role === role) && matches(vm, text.trim().toLowerCase())),
    [vms, role, text],
  );
  if (query.error !== null) {
    return (
      <Panel>
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Panel>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative w-full sm:w-64">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-fg-3"
          />
          <Input
            type="search"
            aria-label="Filter by name, cluster, host or address"
            placeholder="Name, cluster, host, address"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="pl-8"
          />
        </div>
        <Segmented label="Role" value={role} onValueChange={setRole} options={ROLES} />
        <span role="status" className="ml-auto text-fg-3 text-xs">
          {shown.length} {shown.length === 1 ? 'VM' : 'VMs'}
          {query.hasNextPage && ' of those loaded'}
        </span>
      </div>
      <Panel flush>
        <DataTable
          label="Virtual machines"
          rows={shown}
          columns={VM_COLUMNS}
          rowId={(vm) => vm.id}
          sortedBy={{ id: 'name' }}
          empty={
            <EmptyState icon={<MonitorDot />} title={vms.length === 0 ? 'No VMs' : 'No VM matches'}>
              {vms.length === 0
                ? 'VMs come with clusters: as their nodes, and as spares kept ready.'
                : 'Change the filter to see others.'}
            </EmptyState>
          }
        />
        <LoadMore query={query} />
      </Panel>
    </div>
  );
};
