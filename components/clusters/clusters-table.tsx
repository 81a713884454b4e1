'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn } from '@/components/lists/list-rows';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { keys } from '@/components/live/keys';
import { CLUSTERS_LIMIT } from '@/components/live/limits';
import { workloadsQuery } from '@/components/live/queries';
import { ClusterLoad } from '@/components/overview/cluster-load';
import { operationNoun } from '@/components/states/operation-text';
import { formatShape } from '@/components/states/shape-text';
import { ClusterStatus } from '@/components/states/states';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { ClusterView, Page } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { nodesText, sparesOf, vipHolderOf, vipHolderText } from './cluster-facts';
import { CLUSTERS_LIST, SHOWN_STATES } from './clusters-list';
import { CreateLink } from './create-link';

const UnderWay = ({ operation }: { readonly operation: NonNullable<ClusterView['activeOperation']> }) => (
  <Link
    prefetch={false}
    href={`/operations/${operation.id}`}
    className="block whitespace-nowrap rounded-sm text-accent-text text-xs hover:underline"
  >
    {operationNoun(operation.kind)} under way
  </Link>
);

const ClusterPhoneRow = ({ cluster }: { readonly cluster: ClusterView }) => (
  <PhoneRow
    title={<RowLink href={`/clusters/${cluster.name}`}>{cluster.name}</RowLink>}
    end={<ClusterStatus state={cluster.state} />}
  >
    {cluster.workload} · {nodesText(cluster)} nodes · {formatShape(cluster.requirements.shape)}
    <span className="block">
      <span className="font-mono">{cluster.vip}</span> {vipHolderText(vipHolderOf(cluster))}
    </span>
    {cluster.activeOperation !== null && <UnderWay operation={cluster.activeOperation} />}
  </PhoneRow>
);

const COLUMNS: readonly ListColumn<ClusterView>[] = [
  {
    id: 'name',
    header: 'Cluster',
    text: (cluster) => cluster.name,
    cell: (cluster) => (
      <>
        <RowLink href={`/clusters/${cluster.name}`}>{cluster.name}</RowLink>
        <span className="block text-fg-3 text-xs">{cluster.workload}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    text: (cluster) => cluster.state,
    cell: ({ state, activeOperation }) => (
      <>
        <ClusterStatus state={state} />
        {activeOperation !== null && <UnderWay operation={activeOperation} />}
      </>
    ),
  },
  {
    id: 'nodes',
    header: 'Nodes',
    text: (cluster) => cluster.requirements.nodes,
    cell: (cluster) => {
      const spares = sparesOf(cluster).length;
      return (
        <>
          <span className="whitespace-nowrap">{nodesText(cluster)}</span>
          {spares > 0 && <span className="block whitespace-nowrap text-fg-3 text-xs">{counted(spares, 'spare')}</span>}
        </>
      );
    },
  },
  {
    id: 'shape',
    header: 'Shape of a node',
    text: ({ requirements }) => formatShape(requirements.shape),
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
    text: (cluster) => cluster.vip,
    cell: (cluster) => (
      <>
        <span className="font-mono text-xs">{cluster.vip}</span>
        <span className="block whitespace-nowrap text-fg-3 text-xs">{vipHolderText(vipHolderOf(cluster))}</span>
      </>
    ),
  },
  {
    id: 'workload',
    header: 'Workload',
    isExtra: true,
    text: (cluster) => cluster.workload,
  },
  {
    id: 'endpoint',
    header: 'Endpoint',
    isExtra: true,
    text: (cluster) => cluster.endpoint,
    cell: (cluster) => <span className="font-mono text-xs">{cluster.endpoint}</span>,
  },
  {
    id: 'generation',
    header: 'Generation',
    isExtra: true,
    numeric: true,
    text: (cluster) => cluster.generation,
  },
  {
    id: 'created',
    header: 'Created',
    isExtra: true,
    text: (cluster) => cluster.createdAt,
    cell: (cluster) => <Time at={cluster.createdAt} />,
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
  readonly initialState: ListState;
  readonly canCreate: boolean;
}

export const ClustersTable = ({ initial, initialState, canCreate }: ClustersTableProps) => {
  const list = useListState(CLUSTERS_LIST);
  const workloads = useQuery(workloadsQuery()).data?.items ?? [];
  const source = useRemoteSource<ClusterView>(list, {
    key: [...keys.clusters, 'pages'],
    path: '/clusters',
    limit: CLUSTERS_LIMIT,
    initial,
    initialState,
  });
  return (
    <ListTable
      label="Clusters"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={[
        { name: 'state', label: 'State', options: asOptions(SHOWN_STATES) },
        { name: 'workload', label: 'Workload', options: asOptions(workloads.map(({ name }) => name)) },
      ]}
      rowId={(cluster) => cluster.id}
      rowName={(cluster) => cluster.name}
      searchIn="name, VIP, workload"
      phoneRow={(cluster) => <ClusterPhoneRow key={cluster.id} cluster={cluster} />}
      empty={
        <EmptyState icon={<Boxes />} title="No clusters yet" action={canCreate ? <CreateLink /> : undefined}>
          A cluster keeps a service running at the size you ask for, behind one address.
        </EmptyState>
      }
    />
  );
};
