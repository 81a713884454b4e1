'use client';

import { useQuery } from '@tanstack/react-query';
import { formatValue } from '@/components/charts/chart-model';
import { Moment } from '@/components/charts/moment';
import { apiGet } from '@/components/live/api';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { zonedText } from '@/components/ui/time-text';
import { useZone } from '@/components/ui/zone';
import type { MetricsView, OperationView } from '@/lib/domain/contract';
import { MARGIN_MS, type Timeline, timelineOf } from './receipt-timeline';

const LANE_PX = 10;
const STEP_MS = 2_000;
/** A step for which there was no sample yet is asked for again. */
const SETTLED_MS = 15_000;

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

const Lanes = ({ timeline }: { readonly timeline: Timeline }) => (
  <div aria-hidden className="relative border-b" style={{ height: timeline.lanes * LANE_PX + 4 }}>
    {timeline.spans.map(({ id, title, from, to, lane, isTraffic }) => (
      <span
        key={id}
        title={title}
        className={cn('absolute h-1.5 min-w-0.5 rounded-full', isTraffic ? 'bg-accent' : 'bg-fg-3/50')}
        style={{ left: percent(from), width: percent(to - from), top: lane * LANE_PX }}
      />
    ))}
  </div>
);

const Bars = ({ timeline }: { readonly timeline: Timeline }) => (
  <div aria-hidden className="relative h-20 border-b">
    {timeline.bars.map((bar) => (
      <span
        key={bar.atMs}
        className={cn(
          'absolute bottom-0 border-surface border-r',
          (bar.errorsPerSecond ?? 0) > 0 ? 'bg-bad-dot' : bar.requestsPerSecond === null ? 'bg-track' : 'bg-ok-dot',
        )}
        style={{
          left: percent(bar.from),
          width: percent(bar.width),
          height: bar.requestsPerSecond === null ? '4px' : percent(Math.max(0.03, bar.height)),
        }}
      />
    ))}
  </div>
);

const shown = (value: number | null): string => (value === null ? '–' : formatValue(value));

const Numbers = ({ timeline }: { readonly timeline: Timeline }) => (
  <details className="text-xs print:hidden">
    <summary className="cursor-pointer rounded-sm text-fg-2 hover:text-fg">As a table</summary>
    <Table label="What clients saw, by time" className="mt-2 text-xs">
      <TableHead>
        <TableHeader>Time</TableHeader>
        <TableHeader numeric>Requests/s</TableHeader>
        <TableHeader numeric>Errors/s</TableHeader>
        <TableHeader numeric>p99, ms</TableHeader>
      </TableHead>
      <TableBody>
        {timeline.bars.map((bar) => (
          <TableRow key={bar.atMs}>
            <TableCell className="h-7">
              <Moment ms={bar.atMs} />
            </TableCell>
            <TableCell className="h-7" numeric>
              {shown(bar.requestsPerSecond)}
            </TableCell>
            <TableCell className="h-7" numeric>
              {shown(bar.errorsPerSecond)}
            </TableCell>
            <TableCell className="h-7" numeric>
              {shown(bar.latencyP99Ms)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  </details>
);

const readAround = (operation: OperationView, signal: AbortSignal): Promise<MetricsView> => {
  const begin = Date.parse(operation.receipt?.startedAt ?? operation.createdAt);
  const end = Date.parse(operation.receipt?.endedAt ?? operation.createdAt);
  const query = {
    from: new Date(begin - MARGIN_MS).toISOString(),
    to: new Date(end + MARGIN_MS).toISOString(),
    // Long operations are drawn coarser: there are only so many pixels.
    step: Math.max(STEP_MS, Math.ceil((end - begin) / 200 / STEP_MS) * STEP_MS),
  };
  return apiGet<MetricsView>(`/clusters/${encodeURIComponent(operation.cluster.id)}/metrics`, query, signal);
};

/** Steps above what clients saw: green where every request was answered, red where some were not. */
export const TimelineFigure = ({ operation }: { readonly operation: OperationView }) => {
  const zone = useZone();
  const endedMs = Date.parse(operation.receipt?.endedAt ?? operation.createdAt);
  const { data, error, refetch } = useQuery({
    queryKey: ['receipt-timeline', operation.id],
    queryFn: ({ signal }) => readAround(operation, signal),
    refetchInterval: () => (Date.now() - endedMs < SETTLED_MS ? STEP_MS : false),
  });
  if (data === undefined && error !== null) {
    return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Skeleton className="h-28" />;
  const timeline = timelineOf(operation, data);
  if (timeline === null || timeline.bars.length === 0) return null;
  const [from, to] = [timeline.fromMs, timeline.toMs].map((ms) => zonedText(new Date(ms), 'clock', zone));
  const failing = timeline.bars.filter(({ errorsPerSecond }) => (errorsPerSecond ?? 0) > 0).length;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <div
        role="img"
        aria-label={`Steps and what clients saw, from ${from} to ${to}: up to ${formatValue(timeline.highest)} requests per second, errors in ${failing} of ${timeline.bars.length} stretches.`}
      >
        <Lanes timeline={timeline} />
        <Bars timeline={timeline} />
        <div aria-hidden className="flex justify-between pt-1 text-2xs text-fg-3">
          <Moment ms={timeline.fromMs} />
          <span>{formatValue(timeline.highest)} req/s at most</span>
          <Moment ms={timeline.toMs} />
        </div>
      </div>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-fg-3 text-xs">
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-1.5 w-4 rounded-full bg-fg-3/50" /> steps
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="h-1.5 w-4 rounded-full bg-accent" /> steps that move traffic
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-sm bg-ok-dot" /> all requests answered
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-sm bg-bad-dot" /> some not
        </span>
      </figcaption>
      <Numbers timeline={timeline} />
    </figure>
  );
};
