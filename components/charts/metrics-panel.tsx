'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import type { MetricsView } from '@/lib/domain/contract';
import { ChartCard } from './chart-card';
import { CHARTS, colourOf, type Scope } from './chart-model';
import { metricsQuery } from './metrics-query';
import { RANGES, type RangeName } from './ranges';

const SCOPES = [
  { value: 'nodes', label: 'Nodes' },
  { value: 'cluster', label: 'Cluster' },
] as const;

interface LegendProps {
  readonly nodes: MetricsView['nodes'];
  /** Names of the nodes that there are now. */
  readonly present: ReadonlySet<string>;
}

/** One for all charts: a node has the same colour in each. */
const Legend = ({ nodes, present }: LegendProps) => (
  <ul aria-label="Nodes in these charts" className="flex flex-wrap gap-x-4 gap-y-1 border-b px-4 py-2 text-xs">
    {nodes.map(({ id, name }) => (
      <li key={id} className="flex items-center gap-1.5 text-fg-2">
        <span
          aria-hidden
          className="h-0.5 w-3.5 rounded-full"
          style={{ background: `var(--c-chart-${colourOf(name)})` }}
        />
        {name}
        {!present.has(name) && <span className="text-fg-3">gone</span>}
      </li>
    ))}
    <li className="text-fg-3">Latency: p99 solid, p50 dashed</li>
  </ul>
);

interface MetricsPanelProps {
  readonly clusterId: string;
  readonly nodeNames: readonly string[];
}

/** What a cluster and its nodes did and do, live, with the operations that happened meanwhile. */
export const MetricsPanel = ({ clusterId, nodeNames }: MetricsPanelProps) => {
  const [range, setRange] = useState<RangeName>('5m');
  const [scope, setScope] = useState<Scope>('nodes');
  const { data, error, refetch } = useQuery(metricsQuery(clusterId, range));
  const present = new Set(nodeNames);
  const body = (): React.ReactNode => {
    if (data === undefined && error !== null) {
      return <ErrorState message={error.message} onRetry={() => void refetch()} />;
    }
    return (
      <>
        {data !== undefined && scope === 'nodes' && data.nodes.length > 0 && (
          <Legend nodes={data.nodes} present={present} />
        )}
        <div className="grid gap-px overflow-hidden rounded-b-lg bg-line md:grid-cols-2 2xl:grid-cols-3">
          {CHARTS.map((kind) =>
            data === undefined ? (
              <div key={kind.id} className="bg-surface p-4">
                <Skeleton className="h-56" />
              </div>
            ) : (
              <ChartCard key={kind.id} kind={kind} view={data} scope={scope} />
            ),
          )}
        </div>
      </>
    );
  };
  return (
    <Panel
      title="Metrics"
      flush
      actions={
        <div className="flex flex-wrap gap-2 py-1">
          <Segmented label="Of what" value={scope} onValueChange={setScope} options={SCOPES} />
          <Segmented
            label="Time"
            value={range}
            onValueChange={setRange}
            options={RANGES.map(({ value, label }) => ({ value, label }))}
          />
        </div>
      }
    >
      {body()}
    </Panel>
  );
};
