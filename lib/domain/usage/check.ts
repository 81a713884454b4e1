import { integrateRun } from './integrate';
import type { UsageFact, UsageInterval } from './types';

export interface LedgerFault {
  readonly kind: 'gap' | 'overlap' | 'missing' | 'unfounded';
  /** Of the interval, or of the run where there is none. */
  readonly id: string;
  readonly ms: number;
}

const byRun = <T extends { readonly runId: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const runs = new Map<string, T[]>();
  for (const one of all) runs.set(one.runId, [...(runs.get(one.runId) ?? []), one]);
  return runs;
};

const overlapsOf = (intervals: readonly UsageInterval[]): readonly LedgerFault[] => {
  const sorted = [...intervals].sort(
    (a, b) => a.resource.localeCompare(b.resource) || a.resourceId.localeCompare(b.resourceId) || a.startMs - b.startMs,
  );
  return sorted.flatMap((interval, i): readonly LedgerFault[] => {
    const before = sorted[i - 1];
    if (before?.resource !== interval.resource || before.resourceId !== interval.resourceId) return [];
    const ms = before.endMs - interval.startMs;
    return ms > 0 ? [{ kind: 'overlap', id: interval.id, ms }] : [];
  });
};

const lengthOf = (intervals: readonly UsageInterval[]): number =>
  intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

const faultsOfRun = (
  runId: string,
  facts: readonly UsageFact[],
  intervals: readonly UsageInterval[],
): readonly LedgerFault[] => {
  const started = facts.find((fact) => fact.kind === 'started');
  const sorted = [...intervals].sort((a, b) => a.startMs - b.startMs);
  if (started === undefined) return sorted.map(({ id }) => ({ kind: 'unfounded', id, ms: lengthOf(sorted) }));
  const faults: LedgerFault[] = [];
  let reachedMs = started.atMs;
  for (const { id, startMs, endMs } of sorted) {
    if (startMs > reachedMs) faults.push({ kind: 'gap', id, ms: startMs - reachedMs });
    reachedMs = Math.max(reachedMs, endMs);
  }
  const ended = facts.find((fact) => fact.kind === 'ended');
  if (ended !== undefined && ended.atMs > reachedMs)
    faults.push({ kind: 'gap', id: runId, ms: ended.atMs - reachedMs });
  // What is in the ledger is what the facts say, as far as the ledger goes.
  const expected = new Map(integrateRun(facts, reachedMs).intervals.map((interval) => [interval.id, interval]));
  for (const interval of sorted) {
    const wanted = expected.get(interval.id);
    if (wanted === undefined || wanted.endMs !== interval.endMs)
      faults.push({ kind: 'unfounded', id: interval.id, ms: interval.endMs - interval.startMs });
    expected.delete(interval.id);
  }
  for (const { id, startMs, endMs } of expected.values()) faults.push({ kind: 'missing', id, ms: endMs - startMs });
  return faults;
};

/**
 * Compares the ledger with the lifecycle log: no thing is in two intervals at once, no run has a moment without one, and
 * every interval follows from facts. Empty when all is well.
 */
export const checkLedger = (
  facts: readonly UsageFact[],
  intervals: readonly UsageInterval[],
): readonly LedgerFault[] => {
  const factsOf = byRun(facts);
  const intervalsOf = byRun(intervals);
  const runIds = new Set([...factsOf.keys(), ...intervalsOf.keys()]);
  return [
    ...overlapsOf(intervals),
    ...[...runIds].flatMap((runId) => faultsOfRun(runId, factsOf.get(runId) ?? [], intervalsOf.get(runId) ?? [])),
  ];
};
