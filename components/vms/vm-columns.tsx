import Link from 'next/link';
import { formatShape } from '@/components/states/shape-text';
import { VmStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import type { DataColumn } from '@/components/ui/data-table';
import { Time } from '@/components/ui/time';
import type { VmView } from '@/lib/domain/contract';

const LINK = 'rounded-sm hover:text-fg hover:underline';

export const VM_COLUMNS: readonly DataColumn<VmView>[] = [
  {
    id: 'name',
    header: 'VM',
    sortBy: (vm) => vm.name,
    cell: (vm) => (
      <span className="flex items-center gap-2 whitespace-nowrap font-medium">
        <Link prefetch={false} href={`/vms/${vm.id}`} className={LINK}>
          {vm.name}
        </Link>
        {vm.role === 'spare' && <Badge>spare</Badge>}
      </span>
    ),
  },
  { id: 'state', header: 'State', sortBy: (vm) => vm.state, cell: (vm) => <VmStatus state={vm.state} /> },
  {
    id: 'cluster',
    header: 'Cluster',
    sortBy: (vm) => vm.cluster?.name ?? '',
    cell: ({ cluster }) =>
      cluster === null ? (
        <span className="text-fg-3">none</span>
      ) : (
        <Link prefetch={false} href={`/clusters/${cluster.name}`} className={LINK}>
          {cluster.name}
        </Link>
      ),
  },
  {
    id: 'host',
    header: 'Host',
    sortBy: (vm) => vm.host,
    cell: (vm) => (
      <Link prefetch={false} href={`/hosts/${vm.host}`} className={`${LINK} whitespace-nowrap`}>
        {vm.host}
      </Link>
    ),
  },
  { id: 'site', header: 'Site', className: 'max-xl:hidden', sortBy: (vm) => vm.site, cell: (vm) => vm.site },
  {
    id: 'shape',
    header: 'Shape',
    sortBy: (vm) => vm.shape.memoryMiB,
    cell: (vm) => <span className="whitespace-nowrap">{formatShape(vm.shape)}</span>,
  },
  {
    id: 'address',
    header: 'Address',
    cell: (vm) => <span className="font-mono text-xs">{vm.address}</span>,
  },
  {
    id: 'started',
    header: 'Started',
    sortBy: (vm) => vm.startedAt ?? '',
    cell: (vm) => <Time at={vm.startedAt} />,
  },
  {
    id: 'from',
    header: 'Started from',
    className: 'max-xl:hidden',
    cell: (vm) => (
      <span className="whitespace-nowrap">
        {vm.startedFrom ?? '–'}
        {vm.bootRetries > 0 && ` (${vm.bootRetries} ${vm.bootRetries === 1 ? 'retry' : 'retries'})`}
      </span>
    ),
  },
];
