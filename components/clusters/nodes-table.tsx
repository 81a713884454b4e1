'use client';

import { MonitorDot } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { colourOf } from '@/components/charts/chart-model';
import { formatShape } from '@/components/states/shape-text';
import { NodeStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { ClusterView, NodeView } from '@/lib/domain/contract';
import type { FailoverActions } from './cluster-actions';
import { HealthCell } from './health-cell';
import { NodeMenu } from './node-menu';

const NAME: DataColumn<NodeView> = {
  id: 'name',
  header: 'Node',
  sortBy: (node) => node.name,
  cell: (node) => (
    <span className="flex items-center gap-2 whitespace-nowrap font-medium">
      {node.role === 'node' && (
        <span
          aria-hidden
          className="h-0.5 w-3 rounded-full"
          style={{ background: `var(--c-chart-${colourOf(node.name)})` }}
        />
      )}
      {node.name}
      {node.vipHolder === true && <Badge tone="busy">VIP</Badge>}
    </span>
  ),
};

const PLACE: readonly DataColumn<NodeView>[] = [
  {
    id: 'state',
    header: 'State',
    sortBy: (node) => node.state,
    cell: (node) => <NodeStatus state={node.state} />,
  },
  {
    id: 'host',
    header: 'Host',
    sortBy: (node) => node.host,
    cell: (node) => (
      <span className="whitespace-nowrap">
        <Link prefetch={false} href={`/hosts/${node.host}`} className="rounded-sm hover:text-fg hover:underline">
          {node.host}
        </Link>
        <span className="block text-fg-3 text-xs">{node.site}</span>
      </span>
    ),
  },
  {
    id: 'shape',
    header: 'Shape',
    sortBy: (node) => node.shape.memoryMiB,
    cell: (node) => <span className="whitespace-nowrap">{formatShape(node.shape)}</span>,
  },
];

const REST: readonly DataColumn<NodeView>[] = [
  {
    id: 'address',
    header: 'Address',
    className: 'max-xl:hidden',
    cell: (node) => <span className="font-mono text-xs">{node.address}</span>,
  },
  {
    id: 'accelerator',
    header: 'Accelerator',
    className: 'max-xl:hidden',
    cell: (node) => node.accelerator ?? <span className="text-fg-3">–</span>,
  },
];

const nodeColumns = (clusterId: string): readonly DataColumn<NodeView>[] => [
  NAME,
  ...PLACE,
  {
    id: 'health',
    header: 'Health',
    sortBy: (node) => node.health?.verdict ?? '',
    cell: (node) => <HealthCell clusterId={clusterId} node={node} />,
  },
  {
    id: 'connections',
    header: 'Connections',
    numeric: true,
    sortBy: (node) => node.connections ?? -1,
    cell: (node) => node.connections ?? <span className="text-fg-3">–</span>,
  },
  ...REST,
];

const SPARE_COLUMNS: readonly DataColumn<NodeView>[] = [{ ...NAME, header: 'Spare' }, ...PLACE, ...REST];

interface NodesTableProps {
  readonly cluster: ClusterView;
  readonly nodes: readonly NodeView[];
  /** Null for those who may not. */
  readonly actions: FailoverActions | null;
}

export const NodesTable = ({ cluster, nodes, actions }: NodesTableProps) => {
  const columns = useMemo((): readonly DataColumn<NodeView>[] => {
    const common = nodeColumns(cluster.id);
    if (actions === null) return common;
    const menu: DataColumn<NodeView> = {
      id: 'actions',
      header: 'Actions',
      hideHeader: true,
      numeric: true,
      cell: (node) => (node.state === 'active' ? <NodeMenu cluster={cluster} node={node} actions={actions} /> : null),
    };
    return [...common, menu];
  }, [cluster, actions]);
  return (
    <DataTable
      label={`Nodes of ${cluster.name}`}
      rows={nodes}
      columns={columns}
      rowId={(node) => node.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<MonitorDot />} title="No nodes">
          Nodes appear here as they are created.
        </EmptyState>
      }
    />
  );
};

export const SparesTable = ({ cluster, nodes }: Omit<NodesTableProps, 'actions'>) => (
  <DataTable
    label={`Spares of ${cluster.name}`}
    rows={nodes}
    columns={SPARE_COLUMNS}
    rowId={(node) => node.id}
    sortedBy={{ id: 'name' }}
    empty={null}
  />
);
