import type { LoadStatus } from './types';

/** The status of a cluster on which no load was ever put. */
export const NO_LOAD: LoadStatus = {
  requestsPerSecond: 0,
  path: '/',
  slowStreams: 0,
  sent: 0,
  failed: 0,
  brokenStreams: 0,
  completedStreams: 0,
  longestGapMs: 0,
  failures: [],
  startedAt: null,
};
