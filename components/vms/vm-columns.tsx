import Link from 'next/link';
import type { ListColumn } from '@/components/lists/list-rows';
import { formatShape } from '@/components/states/shape-text';
import { VmStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { Time } from '@/components/ui/time';
import type { VmView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

const LINK = 'rounded-sm hover:text-fg hover:underline';

export const VmName = ({ vm }: { readonly vm: VmView }) => (
  <span className="flex items-center gap-2 whitespace-nowrap font-medium">
    <Link prefetch={false} href={`/vms/${vm.id}`} className={LINK}>
      {vm.name}
    </Link>
    {vm.role === 'spare' && <Badge>spare</Badge>}
  </span>
);

export const VM_COLUMNS: readonly ListColumn<VmView>[] = [
  {
    id: 'name',
    header: 'VM',
    sortBy: (vm) => vm.name,
    text: (vm) => vm.name,
    cell: (vm) => <VmName vm={vm} />,
  },
  {
    id: 'state',
    header: 'State',
    sortBy: (vm) => vm.state,
    text: (vm) => vm.state,
    cell: (vm) => <VmStatus state={vm.state} />,
  },
  { id: 'role', header: 'Role', isExtra: true, text: (vm) => vm.role },
  {
    id: 'cluster',
    header: 'Cluster',
    sortBy: (vm) => vm.cluster?.name ?? '',
    text: (vm) => vm.cluster?.name ?? '',
    cell: ({ cluster }) =>
      cluster === null ? (
        <span className="text-fg-3">none</span>
      ) : (
        <Link prefetch={false} href={`/clusters/${cluster.name}`} className={`${LINK} block max-w-52 truncate`}>
          {cluster.name}
        </Link>
      ),
  },
  {
    id: 'host',
    header: 'Host',
    sortBy: (vm) => vm.host,
    text: (vm) => vm.host,
    cell: (vm) => (
      <Link prefetch={false} href={`/hosts/${vm.host}`} className={`${LINK} whitespace-nowrap`}>
        {vm.host}
      </Link>
    ),
  },
  {
    id: 'site',
    header: 'Site',
    className: 'max-xl:hidden',
    sortBy: (vm) => vm.site,
    text: (vm) => vm.site,
  },
  {
    id: 'memory',
    header: 'Shape',
    sortBy: (vm) => vm.shape.memoryMiB,
    text: (vm) => formatShape(vm.shape),
    cell: (vm) => <span className="whitespace-nowrap">{formatShape(vm.shape)}</span>,
  },
  {
    id: 'address',
    header: 'Address',
    text: (vm) => vm.address,
    cell: (vm) => <span className="font-mono text-xs">{vm.address}</span>,
  },
  {
    id: 'started',
    header: 'Started',
    sortBy: (vm) => vm.startedAt ?? '',
    text: (vm) => vm.startedAt ?? '',
    cell: (vm) => <Time at={vm.startedAt} />,
  },
  {
    id: 'from',
    header: 'Started from',
    text: (vm) => vm.startedFrom ?? '',
    className: 'max-xl:hidden',
    cell: (vm) => (
      <span className="whitespace-nowrap">
        {vm.startedFrom ?? '–'}
        {vm.bootRetries > 0 && ` (${counted(vm.bootRetries, 'retry', 'retries')})`}
      </span>
    ),
  },
  {
    id: 'vcpus',
    header: 'vCPUs',
    isExtra: true,
    numeric: true,
    text: (vm) => vm.shape.vcpus,
  },
  {
    id: 'mac',
    header: 'MAC',
    isExtra: true,
    text: (vm) => vm.mac,
    cell: (vm) => <span className="font-mono text-xs">{vm.mac}</span>,
  },
  {
    id: 'accelerator',
    header: 'Accelerator',
    isExtra: true,
    text: (vm) => vm.accelerator ?? '',
    cell: (vm) => vm.accelerator ?? '–',
  },
];
