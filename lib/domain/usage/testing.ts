import { EMPTY_BOOK, noteReport, type RunBook, type UsageReport } from './note';
import { type Because, runIdOf, type UsageFact, type UsageInterval, type UsageSubject } from './types';

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const BECAUSE: Because = { operationId: null, actor: 'ada@example.org', reason: 'a test' };

export const subjectOf = (change: Partial<UsageSubject> = {}): UsageSubject => ({
  name: 'shop-1',
  tier: 'service',
  clusterId: 'shop',
  clusterName: 'shop',
  costCentre: 'default',
  site: 'paris',
  host: 'paris-1',
  shape: { vcpus: 2, memoryMiB: 1_024, diskGiB: 4 },
  ...change,
});

/** A life of one thing as it was, and the reports of it in the order in which they happened. */
export interface Life {
  readonly resourceId: string;
  readonly startMs: number;
  /** Null for one that goes on. */
  readonly endMs: number | null;
  readonly reports: readonly UsageReport[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A change is told by a clock that may be behind, or was set back; one that is ahead does not count beyond the hypervisor's. */
const byJumpingClock = (random: () => number, atMs: number): number =>
  random() < 0.2 ? Math.min(atMs, atMs + Math.round((random() - 0.7) * 4 * DAY_MS)) : atMs;

const lifeOf = (
  random: () => number,
  { resourceId, clusterId, daysMax }: Required<HistoryOptions> & { readonly resourceId: string },
  startMs: number,
  isLast: boolean,
): Life => {
  const run = { resource: 'vm', resourceId, startedAtMs: startMs } as const;
  const lengthMs = Math.ceil(random() ** 3 * daysMax * DAY_MS) + 1;
  const endMs = isLast && random() < 0.4 ? null : startMs + lengthMs;
  const reports: UsageReport[] = [
    {
      ...run,
      kind: 'started',
      subject: subjectOf({ name: resourceId, clusterId, clusterName: clusterId }),
      because: BECAUSE,
    },
  ];
  for (let i = Math.floor(random() * 5); i > 0; i -= 1) {
    const atMs = startMs + Math.floor(random() * lengthMs);
    if (random() < 0.5) {
      reports.push({ ...run, kind: 'seen', atMs });
      continue;
    }
    const tier = (['service', 'overlap', 'spare'] as const)[Math.floor(random() * 3)] ?? 'service';
    const costCentre = random() < 0.5 ? 'default' : 'research';
    const subject = subjectOf({ name: resourceId, clusterId, clusterName: clusterId, tier, costCentre });
    reports.push({ ...run, kind: 'changed', atMs: byJumpingClock(random, atMs), subject, because: BECAUSE });
  }
  if (endMs !== null) reports.push({ ...run, kind: 'ended', atMs: endMs, because: BECAUSE });
  return { resourceId, startMs, endMs, reports };
};

export interface HistoryOptions {
  readonly clusterId?: string;
  /** How long a run lasts at most. */
  readonly daysMax?: number;
}

/** Lives of one to four VMs of a cluster, each started again after it stopped or crashed. */
export const randomLives = (
  random: () => number,
  fromMs: number,
  { clusterId = 'shop', daysMax = 70 }: HistoryOptions = {},
): readonly Life[] => {
  const lives: Life[] = [];
  for (let vm = 1 + Math.floor(random() * 4); vm > 0; vm -= 1) {
    let atMs = fromMs + Math.floor(random() * 40 * DAY_MS);
    const runs = 1 + Math.floor(random() * 4);
    for (let run = 1; run <= runs; run += 1) {
      const life = lifeOf(random, { resourceId: `${clusterId}-vm${vm}`, clusterId, daysMax }, atMs, run === runs);
      lives.push(life);
      atMs = (life.endMs ?? atMs) + Math.floor(random() * 60 * MINUTE_MS);
    }
  }
  return lives;
};

/**
 * As an orchestrator hears of it: late, twice and out of order, because it died, came back and asked again. An end that
 * it did not see at once it is told when it looks again.
 */
export const asHeard = (random: () => number, reports: readonly UsageReport[]): readonly UsageReport[] => {
  const heard = reports.flatMap((report) => (random() < 0.3 ? [report, report] : [report]));
  const late = heard.map((report, i) => ({ report, at: i + (random() < 0.35 ? random() * 6 : 0) }));
  return late.sort((a, b) => a.at - b.at).map(({ report }) => report);
};

/** Books of all runs, kept in memory by the code that keeps them in the database. */
export class Books {
  readonly facts: UsageFact[] = [];
  readonly intervals: UsageInterval[] = [];
  readonly #books = new Map<string, RunBook>();

  note(report: UsageReport): void {
    const runId = runIdOf(report.resource, report.resourceId, report.startedAtMs);
    const { book, facts, intervals } = noteReport(this.#books.get(runId) ?? EMPTY_BOOK, report);
    this.#books.set(runId, book);
    this.facts.push(...facts);
    this.intervals.push(...intervals);
  }
}
