import type { StepKind } from '../plan';
import type { FailoverMode } from '../requirements';

interface StepLimit {
  readonly deadlineMs: number;
  readonly attempts: number;
  readonly movesTraffic: boolean;
}

const quick: StepLimit = { deadlineMs: 30_000, attempts: 3, movesTraffic: false };
const guest: StepLimit = { deadlineMs: 60_000, attempts: 3, movesTraffic: false };
const moving = (deadlineMs: number): StepLimit => ({ deadlineMs, attempts: 3, movesTraffic: true });

/** How long new connections may take to end on a draining node before they are cut, and the cut is counted. */
export const DRAIN_TIMEOUT_MS = 120_000;

/**
 * Deadlines are bounds, not expectations: a guest restored from its snapshot answers within a second, one that boots
 * cold under emulation within 15, and the driver itself tries a failed boot once more.
 */
export const STEP_LIMITS: Readonly<Record<StepKind, StepLimit>> = {
  reserve: quick,
  createVolume: guest,
  /** An image with packages of its own is built first. */
  create: { deadlineMs: 600_000, attempts: 3, movesTraffic: false },
  boot: { deadlineMs: 120_000, attempts: 2, movesTraffic: false },
  install: guest,
  join: guest,
  healthy: guest,
  publish: quick,
  activate: guest,
  takeSpare: quick,
  makeSpare: quick,
  holdRequests: { deadlineMs: 10_000, attempts: 2, movesTraffic: false },
  /** Stop and start, each with a deadline of its own. */
  restartApplication: { deadlineMs: 90_000, attempts: 2, movesTraffic: false },
  drain: moving(DRAIN_TIMEOUT_MS + 30_000),
  moveVip: moving(30_000),
  verify: moving(30_000),
  stopApplication: moving(30_000),
  detachVolume: moving(30_000),
  attachVolume: moving(30_000),
  startApplication: moving(60_000),
  releaseRequests: moving(10_000),
  powerOff: moving(30_000),
  leave: moving(30_000),
  destroy: moving(60_000),
  release: moving(30_000),
  unpublish: moving(30_000),
  destroyVolume: moving(60_000),
  deleteCluster: moving(30_000),
};

/**
 * What clients are expected to see when there are no receipts yet. `cluster`: a planned move of the VIP with
 * connection sync was measured at a longest gap of 54 ms, doubled. `shutdown`: a crash of the VIP holder with adverts
 * every 100 ms was measured at 470 ms. `move`: the application stops while its volume is handed over, about 1 s for
 * detach, attach and mount, and the start of the application.
 */
const EXPECTED_OUTAGE_MS: Readonly<Record<FailoverMode, number>> = { cluster: 110, shutdown: 500, move: 3_000 };

/** The 90th percentile (nearest rank) of past gaps, or the constant of the mode where fewer than three are known. */
export function expectedOutageMs(mode: FailoverMode, pastGapsMs: readonly number[] = []): number {
  if (pastGapsMs.length < 3) return EXPECTED_OUTAGE_MS[mode];
  const sorted = [...pastGapsMs].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? EXPECTED_OUTAGE_MS[mode];
}
