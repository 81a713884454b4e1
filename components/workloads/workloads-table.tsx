'use client';

import { useQuery } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { useMemo } from 'react';
import { RowLink } from '@/components/lists/row-link';
import { clustersQuery, workloadsQuery } from '@/components/live/queries';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import type { ClusterView, Page, WorkloadView } from '@/lib/domain/contract';
import { WorkloadKind } from './workload-kind';

const columnsFor = (clusters: readonly ClusterView[]): readonly DataColumn<WorkloadView>[] => [
  {
    id: 'name',
    header: 'Workload',
    sortBy: (workload) => workload.name,
    cell: ({ name, description }) => (
      <>
        <RowLink href={`/workloads/${name}`}>{name}</RowLink>
        <span className="block min-w-48 max-w-xl text-fg-3 text-xs">{description}</span>
      </>
    ),
  },
  { id: 'kind', header: 'Kind', cell: (workload) => <WorkloadKind workload={workload} /> },
  {
    id: 'clusters',
    header: 'Clusters',
    numeric: true,
    sortBy: ({ name }) => clusters.filter(({ workload }) => workload === name).length,
    cell: ({ name }) => clusters.filter(({ workload }) => workload === name).length,
  },
  {
    id: 'port',
    header: 'Port at the VIP',
    numeric: true,
    className: 'max-sm:hidden',
    sortBy: (workload) => workload.servicePort,
    cell: (workload) => workload.servicePort,
  },
  {
    id: 'health',
    header: 'Health check',
    className: 'max-sm:hidden',
    cell: (workload) => <code className="font-mono text-xs">{workload.healthPath}</code>,
  },
];

interface WorkloadsTableProps {
  readonly initial: Page<WorkloadView>;
  readonly clusters: Page<ClusterView>;
}

export const WorkloadsTable = ({ initial, clusters }: WorkloadsTableProps) => {
  const { data, error, refetch } = useQuery({ ...workloadsQuery(), initialData: initial });
  const { items } = useQuery({ ...clustersQuery(), initialData: clusters }).data;
  const columns = useMemo(() => columnsFor(items), [items]);
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Workloads"
      rows={data.items}
      columns={columns}
      rowId={(workload) => workload.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<Package />} title="No workloads yet">
          The built-in ones come with the first start of the orchestrator.
        </EmptyState>
      }
    />
  );
};
