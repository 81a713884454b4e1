'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes, Plus } from 'lucide-react';
import Link from 'next/link';
import { clustersQuery } from '@/components/live/queries';
import { operationNoun } from '@/components/states/operation-text';
import { formatShape } from '@/components/states/shape-text';
import { ClusterStatus } from '@/components/states/states';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import type { ClusterView, Page } from '@/lib/domain/contract';
import { ClusterLoad } from './cluster-load';

const CreateLink = () => (
  <Button asChild size="sm">
    <Link prefetch={false} href="/clusters/new">
      <Plus aria-hidden /> Create cluster
    </Link>
  </Button>
);

/** "2 of 3": nodes that serve, of those that are wanted. */
const nodesText = (cluster: ClusterView): string => {
  const active = cluster.nodes.filter((node) => node.role === 'node' && node.state === 'active').length;
  return `${active} of ${cluster.requirements.nodes}`;
};

const holderOf = (cluster: ClusterView): string | null => cluster.nodes.find((node) => node.vipHolder)?.name ?? null;

const ClusterRow = ({ cluster }: { readonly cluster: ClusterView }) => (
  <TableRow>
    <TableCell>
      <Link
        prefetch={false}
        href={`/clusters/${cluster.name}`}
        className="rounded-sm font-medium text-fg hover:underline"
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
      <span className="whitespace-nowrap">{nodesText(cluster)}</span>
      <span className="block whitespace-nowrap text-fg-3 text-xs">{formatShape(cluster.requirements.shape)}</span>
    </TableCell>
    <TableCell>
      <span className="font-mono text-xs">{cluster.vip}</span>
      <span className="block whitespace-nowrap text-fg-3 text-xs">
        {holderOf(cluster) === null ? 'holder not known' : `held by ${holderOf(cluster)}`}
      </span>
    </TableCell>
    <TableCell numeric>
      <ClusterLoad clusterId={cluster.id} name={cluster.name} />
    </TableCell>
  </TableRow>
);

interface ClustersPanelProps {
  readonly initial: Page<ClusterView>;
  readonly canCreate: boolean;
}

export const ClustersPanel = ({ initial, canCreate }: ClustersPanelProps) => {
  const { data, error, refetch } = useQuery({ ...clustersQuery(), initialData: initial });
  const body = (): React.ReactNode => {
    if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
    if (data.items.length === 0) {
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
          {data.items.map((cluster) => (
            <ClusterRow key={cluster.id} cluster={cluster} />
          ))}
        </TableBody>
      </Table>
    );
  };
  return (
    <Panel title="Clusters" flush actions={canCreate && data.items.length > 0 ? <CreateLink /> : undefined}>
      {body()}
    </Panel>
  );
};
