import { NO_LOAD } from '@/lib/traffic/no-load';
import type { LoadStatus } from '@/lib/traffic/types';
import type { Durations } from './durations';
import { serverLoads } from './figures';
import type { Epoch, LoadRun, SimCluster } from './state';

/** Counts what the load generator sent and what became of it until now, under one epoch. */
export const countLoad = (cluster: SimCluster, epoch: Epoch, nowMs: number, durations: Durations): void => {
  const { load } = cluster;
  if (load === null) return;
  const untilMs = Math.min(nowMs, load.endedAtMs ?? nowMs);
  const lengthMs = untilMs - load.countedMs;
  if (lengthMs <= 0) return;
  const loads = serverLoads(cluster, epoch, load.countedMs + lengthMs / 2);
  const refused = loads.reduce((sum, l) => sum + l.errorsPerSecond, 0);
  const taken = loads.reduce((sum, l) => sum + l.requestsPerSecond, 0);
  const refusedPart = refused > 0 ? refused / (refused + taken) : 0;
  const sent = (load.spec.requestsPerSecond * lengthMs) / 1000;
  const answeredPart = 1 - epoch.waiting - epoch.failed;
  load.sent += sent;
  load.failed += sent * (epoch.failed + answeredPart * refusedPart);
  load.completedStreams += (load.spec.slowStreams * answeredPart * lengthMs) / durations.streamMs;
  noteGap(load, answeredPart > 0, untilMs);
  load.countedMs = untilMs;
};

const noteGap = (load: LoadRun, isAnswered: boolean, untilMs: number): void => {
  if (isAnswered) load.unansweredSinceMs = null;
  else load.unansweredSinceMs ??= load.countedMs;
  const intervalMs = load.spec.requestsPerSecond > 0 ? 1000 / load.spec.requestsPerSecond : 0;
  const gapMs = intervalMs + (load.unansweredSinceMs === null ? 0 : untilMs - load.unansweredSinceMs);
  load.longestGapMs = Math.max(load.longestGapMs, gapMs);
};

export const loadStatus = (load: LoadRun | null): LoadStatus =>
  load === null
    ? NO_LOAD
    : {
        ...(load.endedAtMs === null ? load.spec : { ...load.spec, requestsPerSecond: 0, slowStreams: 0 }),
        sent: Math.floor(load.sent),
        failed: Math.round(load.failed),
        brokenStreams: load.brokenStreams,
        completedStreams: Math.floor(load.completedStreams),
        longestGapMs: Math.round(load.longestGapMs),
        failures: [],
        startedAt: load.endedAtMs === null ? new Date(load.startedAtMs) : null,
      };
