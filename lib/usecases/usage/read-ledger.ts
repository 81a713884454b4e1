import type { UsageFact, UsageInterval } from '@/lib/domain/usage/types';
import type { Database, Transaction } from '../context';
import { fromFactRow, fromIntervalRow } from './rows';

const BATCH = 5_000;

/** Facts in the order in which they were noted, in batches. */
export async function* readFacts(db: Database | Transaction): AsyncGenerator<readonly UsageFact[]> {
  let seq = 0n;
  for (;;) {
    const rows = await db.usageFact.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
    yield rows.map(fromFactRow);
  }
}

/** Intervals in the order in which they were written, in batches. */
export async function* readIntervals(db: Database | Transaction): AsyncGenerator<readonly UsageInterval[]> {
  let seq = 0n;
  for (;;) {
    const rows = await db.usageInterval.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
    yield rows.map(fromIntervalRow);
  }
}
