'use client';

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, memo, useDeferredValue, useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { Skeleton } from '@/components/ui/skeleton';
import { zonedText } from '@/components/ui/time-text';
import { useZone } from '@/components/ui/zone';
import type { MetricsView, PolicyView } from '@/lib/domain/contract';
import { ChartCard } from './chart-card';
import { CHARTS, colourOf, type Scope } from './chart-model';
import { crosshairAfter, readingsAt } from './crosshair';
import { metricsQuery, weekBeforeQuery } from './metrics-query';
import { useChartChoice } from './use-chart-choice';
import { WindowBar } from './window-bar';

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

interface ChartsProps {
  readonly view: MetricsView;
  readonly weekBefore: MetricsView | null;
  readonly scope: Scope;
  readonly policies: readonly PolicyView[];
}

/**
 * All charts with one crosshair: it follows the pointer, or arrow keys when the charts have the focus. Drawn again only
 * for other numbers: a press above them is answered first.
 */
const Charts = memo(({ view, weekBefore, scope, policies }: ChartsProps) => {
  const [atMs, setAtMs] = useState<number | null>(null);
  const index = atMs === null ? -1 : view.times.indexOf(atMs);
  const cursorMs = index === -1 ? null : atMs;
  const zone = useZone();
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return;
    const next = crosshairAfter(event.key, index === -1 ? null : index, view.times.length, event.shiftKey);
    if (next === undefined) return;
    event.preventDefault();
    setAtMs(next === null ? null : (view.times[next] ?? null));
  };
  return (
    <>
      <section
        aria-label="Charts. Left and right arrow move the crosshair, with Shift ten points at a time; Escape takes it away."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the crosshair has to be reached by keyboard
        tabIndex={0}
        onKeyDown={onKey}
        onBlur={() => setAtMs(null)}
        className="grid gap-px overflow-hidden rounded-b-lg bg-line md:grid-cols-2 2xl:grid-cols-3"
      >
        {CHARTS.map((kind) => (
          <ChartCard
            key={kind.id}
            kind={kind}
            view={view}
            scope={scope}
            weekBefore={weekBefore}
            policies={policies}
            cursorMs={cursorMs}
          />
        ))}
      </section>
      <p aria-live="polite" className={cursorMs === null ? 'sr-only' : 'border-t px-4 py-2 text-fg-2 text-xs'}>
        {cursorMs !== null && `${zonedText(new Date(cursorMs), 'clock', zone)}: ${readingsAt(view, index)}`}
      </p>
    </>
  );
});
Charts.displayName = 'Charts';

const isEmpty = ({ cluster }: MetricsView): boolean =>
  Object.values(cluster).every((values) => values.every((value) => value === null));

interface MetricsPanelProps {
  readonly clusterId: string;
  readonly nodeNames: readonly string[];
  /** The cluster's: where they act is drawn in. */
  readonly policies: readonly PolicyView[];
}

/** What a cluster and its nodes did and do, with the operations and decisions of that time. */
export const MetricsPanel = ({ clusterId, nodeNames, policies }: MetricsPanelProps) => {
  const { window, scope, isCompared, change } = useChartChoice();
  const { data, error, refetch } = useQuery(metricsQuery(clusterId, window));
  const weekBefore = useQuery(weekBeforeQuery(clusterId, window, isCompared)).data;
  // Charts take long to draw: what is pressed shows at once, they follow.
  const drawn = useDeferredValue(data);
  const drawnBefore = useDeferredValue(isCompared ? (weekBefore ?? null) : null);
  const drawnScope = useDeferredValue(scope);
  const body = (): React.ReactNode => {
    if (drawn === undefined && error !== null) {
      return <ErrorState message={error.message} onRetry={() => void refetch()} />;
    }
    if (drawn === undefined) {
      return (
        <div className="grid gap-px bg-line md:grid-cols-2 2xl:grid-cols-3">
          {CHARTS.map(({ id }) => (
            <div key={id} className="bg-surface p-4">
              <Skeleton className="h-56" />
            </div>
          ))}
        </div>
      );
    }
    return (
      <>
        {drawnScope === 'nodes' && drawn.nodes.length > 0 && (
          <Legend nodes={drawn.nodes} present={new Set(nodeNames)} />
        )}
        {isCompared && weekBefore !== undefined && isEmpty(weekBefore) && (
          <p role="status" className="border-b px-4 py-2 text-fg-3 text-xs">
            Nothing was measured in this stretch a week before.
          </p>
        )}
        <Charts view={drawn} weekBefore={drawnBefore} scope={drawnScope} policies={policies} />
      </>
    );
  };
  return (
    <Panel
      title="Metrics"
      flush
      actions={
        <div className="flex flex-wrap items-center gap-2 py-1">
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is inside */}
          <label className="flex items-center gap-1.5 pr-1 text-fg-2 text-xs">
            <Checkbox checked={isCompared} onCheckedChange={(checked) => change({ isCompared: checked })} />
            Compare with last week
          </label>
          <Segmented label="Of what" value={scope} onValueChange={(next) => change({ scope: next })} options={SCOPES} />
          <WindowBar window={window} onChange={(next) => change({ window: next })} />
        </div>
      }
    >
      {body()}
    </Panel>
  );
};
