'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes, Plus } from 'lucide-react';
import Link from 'next/link';
import { overviewQuery } from '@/components/live/queries';
import { operationNoun } from '@/components/states/operation-text';
import { formatShape } from '@/components/states/shape-text';
import { ClusterStatus } from '@/components/states/states';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { OverviewCluster, OverviewView } from '@/lib/domain/contract';
import { LoadLine } from './load-line';

const CreateLink = () => (
  <Button asChild size="sm">
    <Link prefetch={false} href="/clusters/new">
      <Plus aria-hidden /> Create cluster
    </Link>
  </Button>
);

const ClusterRow = ({ cluster }: { readonly cluster: OverviewCluster }) => (
  <TableRow>
    <TableCell>
      <Link
        prefetch={false}
        href={`/clusters/${cluster.name}`}
        className="block max-w-56 truncate rounded-sm font-medium text-fg hover:underline"
      >
        {cluster.name}
      </Link>
      <span className="block text-fg-3 text-xs">{cluster.workload}</span>
    </TableCell>
    <TableCell>
      <ClusterStatus state={cluster.state} />
      {cluster.activeOperation !== null && (
        <Link
          prefetch={false}
          href={`/operations/${cluster.activeOperation.id}`}
          className="block rounded-sm text-accent-text text-xs hover:underline"
        >
          {operationNoun(cluster.activeOperation.kind)} under way
        </Link>
      )}
    </TableCell>
    <TableCell>
      <span className="whitespace-nowrap">
        {cluster.nodesActive} of {cluster.nodesWanted}
      </span>
      <span className="block whitespace-nowrap text-fg-3 text-xs">{formatShape(cluster.shape)}</span>
    </TableCell>
    <TableCell>
      <span className="font-mono text-xs">{cluster.vip}</span>
      <span className="block whitespace-nowrap text-fg-3 text-xs">
        {cluster.holder === null ? 'holder not known' : `held by ${cluster.holder}`}
      </span>
    </TableCell>
    <TableCell numeric>
      <LoadLine name={cluster.name} values={cluster.load} />
    </TableCell>
  </TableRow>
);

interface ClustersPanelProps {
  readonly initial: OverviewView;
  readonly canCreate: boolean;
}

export const ClustersPanel = ({ initial, canCreate }: ClustersPanelProps) => {
  const { data, error, refetch } = useQuery({ ...overviewQuery(), initialData: initial });
  const body = (): React.ReactNode => {
    if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
    if (data.clusters.length === 0) {
      return (
        <EmptyState icon={<Boxes />} title="No clusters yet" action={canCreate ? <CreateLink /> : undefined}>
          A cluster keeps a service running at the size you ask for, behind one address.
        </EmptyState>
      );
    }
    return (
      <Table label="Clusters">
        <TableHead>
          <TableHeader>Cluster</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader>Nodes</TableHeader>
          <TableHeader>VIP</TableHeader>
          <TableHeader numeric>Load, 10 min</TableHeader>
        </TableHead>
        <TableBody>
          {data.clusters.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} />
          ))}
        </TableBody>
      </Table>
    );
  };
  return (
    <Panel title="Clusters" flush actions={canCreate && data.clusters.length > 0 ? <CreateLink /> : undefined}>
      {body()}
      {data.totals.clusters > data.clusters.length && (
        <p className="border-t px-4 py-2.5 text-fg-3 text-xs">
          Those that want attention come first.{' '}
          <Link prefetch={false} href="/clusters" className="rounded-sm text-accent-text hover:underline">
            All {data.totals.clusters.toLocaleString('en')} clusters
          </Link>
        </p>
      )}
    </Panel>
  );
};
