import type { MetricsView, OperationView, StepView } from '@/lib/domain/contract';

/** What clients saw in a stretch of time; all places are 0–1 of the whole. */
export interface TimelineBar {
  readonly atMs: number;
  readonly from: number;
  readonly width: number;
  readonly requestsPerSecond: number | null;
  readonly errorsPerSecond: number | null;
  readonly latencyP99Ms: number | null;
  /** 0–1 of the highest. */
  readonly height: number;
}

export interface TimelineSpan {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly isTraffic: boolean;
}

export interface Timeline {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bars: readonly TimelineBar[];
  readonly spans: readonly TimelineSpan[];
  readonly lanes: number;
  readonly highest: number;
}

/** Quiet time before and after, so that one sees what it was like without the operation. */
export const MARGIN_MS = 6_000;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

const barsOf = (view: MetricsView, fromMs: number, toMs: number): { bars: TimelineBar[]; highest: number } => {
  const { requestsPerSecond, errorsPerSecond, latencyP99Ms } = view.cluster;
  const highest = Math.max(1, ...requestsPerSecond.map((v) => v ?? 0));
  const length = toMs - fromMs;
  const bars = view.times.flatMap((atMs, i): TimelineBar[] => {
    if (atMs + view.stepMs <= fromMs || atMs >= toMs) return [];
    const from = clamp((atMs - fromMs) / length);
    const requests = requestsPerSecond[i] ?? null;
    return [
      {
        atMs,
        from,
        width: clamp((atMs + view.stepMs - fromMs) / length) - from,
        requestsPerSecond: requests,
        errorsPerSecond: errorsPerSecond[i] ?? null,
        latencyP99Ms: latencyP99Ms[i] ?? null,
        height: (requests ?? 0) / highest,
      },
    ];
  });
  return { bars, highest };
};

const timesOf = ({ startedAt, endedAt }: StepView): { begin: number; end: number } | null =>
  startedAt === null || endedAt === null ? null : { begin: Date.parse(startedAt), end: Date.parse(endedAt) };

/** Steps in as few lanes as they need: one that begins when another has ended takes its lane. */
const spansOf = (operation: OperationView, fromMs: number, toMs: number): { spans: TimelineSpan[]; lanes: number } => {
  const moving = new Set(operation.plan.steps.filter(({ movesTraffic }) => movesTraffic).map(({ id }) => id));
  const ends: number[] = [];
  const timed = operation.steps
    .flatMap((step) => {
      const times = timesOf(step);
      return times === null ? [] : [{ step, ...times }];
    })
    .sort((a, b) => a.begin - b.begin);
  const spans = timed.map(({ step, begin, end }): TimelineSpan => {
    const free = ends.findIndex((busyUntil) => busyUntil <= begin);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = end;
    return {
      id: step.id,
      title: step.title,
      from: clamp((begin - fromMs) / (toMs - fromMs)),
      to: clamp((end - fromMs) / (toMs - fromMs)),
      lane,
      isTraffic: moving.has(step.id),
    };
  });
  return { spans, lanes: ends.length };
};

/** The steps of an ended operation above what clients saw meanwhile; null where it has no receipt. */
export const timelineOf = (operation: OperationView, view: MetricsView): Timeline | null => {
  const { receipt } = operation;
  if (receipt === null) return null;
  const fromMs = Date.parse(receipt.startedAt) - MARGIN_MS;
  const toMs = Date.parse(receipt.endedAt) + MARGIN_MS;
  return { fromMs, toMs, ...barsOf(view, fromMs, toMs), ...spansOf(operation, fromMs, toMs) };
};
