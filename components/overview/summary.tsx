'use client';

import { useQuery } from '@tanstack/react-query';
import { clustersQuery, hostsQuery } from '@/components/live/queries';
import { formatMemoryUse } from '@/components/states/shape-text';
import { Stat } from '@/components/ui/description-list';
import type { ClusterView, HostView, Page } from '@/lib/domain/contract';
import { totalsOf } from './group-by-site';

interface SummaryProps {
  readonly clusters: Page<ClusterView>;
  readonly hosts: Page<HostView>;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`);

/** The installation in four figures. */
export const Summary = (initial: SummaryProps) => {
  const clusters = useQuery({ ...clustersQuery(), initialData: initial.clusters }).data.items;
  const hosts = useQuery({ ...hostsQuery(), initialData: initial.hosts }).data.items;
  const { capacity, used } = totalsOf(hosts);
  const vms = hosts.flatMap((host) => host.vms);
  const spares = vms.filter((vm) => vm.role === 'spare').length;
  const unwell = clusters.filter((cluster) => cluster.state === 'degraded').length;
  const hostsUp = hosts.filter((host) => host.state === 'up').length;
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line lg:grid-cols-4">
      {[
        { label: 'Clusters', value: clusters.length, note: unwell === 0 ? 'none degraded' : `${unwell} degraded` },
        {
          label: 'VMs',
          value: vms.length,
          note: `${spares} ${spares === 1 ? 'spare' : 'spares'}, ${hostsUp} of ${hosts.length} hosts up`,
        },
        { label: 'vCPU taken', value: percent(used.vcpus, capacity.vcpus), note: `${used.vcpus} of ${capacity.vcpus}` },
        {
          label: 'Memory taken',
          value: percent(used.memoryMiB, capacity.memoryMiB),
          note: formatMemoryUse(used.memoryMiB, capacity.memoryMiB),
        },
      ].map((stat) => (
        <Stat key={stat.label} {...stat} className="bg-surface px-4 py-3" />
      ))}
    </div>
  );
};
