'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { clustersQuery } from '@/components/live/queries';
import { ClusterLoad } from '@/components/overview/cluster-load';
import { operationNoun } from '@/components/states/operation-text';
import { formatShape } from '@/components/states/shape-text';
import { ClusterStatus } from '@/components/states/states';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import type { ClusterView, Page } from '@/lib/domain/contract';
import { nodesText, sparesOf, vipHolderOf, vipHolderText } from './cluster-facts';
import { CreateLink } from './create-link';

const COLUMNS: readonly DataColumn<ClusterView>[] = [
  {
    id: 'name',
    header: 'Cluster',
    sortBy: (cluster) => cluster.name,
    cell: (cluster) => (
      <>
        <Link
          prefetch={false}
          href={`/clusters/${cluster.name}`}
          className="whitespace-nowrap rounded-sm font-medium text-fg hover:underline"
        >
          {cluster.name}
        </Link>
        <span className="block text-fg-3 text-xs">{cluster.workload}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    sortBy: (cluster) => cluster.state,
    cell: ({ state, activeOperation }) => (
      <>
        <ClusterStatus state={state} />
        {activeOperation !== null && (
          <Link
            prefetch={false}
            href={`/operations/${activeOperation.id}`}
            className="block whitespace-nowrap rounded-sm text-accent-text text-xs hover:underline"
          >
            {operationNoun(activeOperation.kind)} under way
          </Link>
        )}
      </>
    ),
  },
  {
    id: 'nodes',
    header: 'Nodes',
    sortBy: (cluster) => cluster.requirements.nodes,
    cell: (cluster) => {
      const spares = sparesOf(cluster).length;
      return (
        <>
          <span className="whitespace-nowrap">{nodesText(cluster)}</span>
          {spares > 0 && (
            <span className="block whitespace-nowrap text-fg-3 text-xs">
              {spares} spare{spares === 1 ? '' : 's'}
            </span>
          )}
        </>
      );
    },
  },
  {
    id: 'shape',
    header: 'Shape of a node',
    sortBy: (cluster) => cluster.requirements.shape.memoryMiB,
    cell: ({ requirements }) => (
      <>
        <span className="whitespace-nowrap">{formatShape(requirements.shape)}</span>
        <span className="block whitespace-nowrap text-fg-3 text-xs">spread {requirements.spread}</span>
      </>
    ),
  },
  {
    id: 'vip',
    header: 'VIP',
    cell: (cluster) => (
      <>
        <span className="font-mono text-xs">{cluster.vip}</span>
        <span className="block whitespace-nowrap text-fg-3 text-xs">{vipHolderText(vipHolderOf(cluster))}</span>
      </>
    ),
  },
  {
    id: 'load',
    header: 'Load, 10 min',
    numeric: true,
    cell: (cluster) => <ClusterLoad clusterId={cluster.id} name={cluster.name} />,
  },
];

interface ClustersTableProps {
  readonly initial: Page<ClusterView>;
  readonly canCreate: boolean;
}

export const ClustersTable = ({ initial, canCreate }: ClustersTableProps) => {
  const { data, error, refetch } = useQuery({ ...clustersQuery(), initialData: initial });
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  return (
    <DataTable
      label="Clusters"
      rows={data.items}
      columns={COLUMNS}
      rowId={(cluster) => cluster.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<Boxes />} title="No clusters yet" action={canCreate ? <CreateLink /> : undefined}>
          A cluster keeps a service running at the size you ask for, behind one address.
        </EmptyState>
      }
    />
  );
};
