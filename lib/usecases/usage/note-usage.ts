import { Prisma } from '@/lib/db/generated/client';
import { noteReport, type RunBook, type UsageReport } from '@/lib/domain/usage/note';
import { runIdOf, type UsageFact, type UsageInterval } from '@/lib/domain/usage/types';
import { chainAfter } from '../chain';
import type { Database, Transaction } from '../context';
import { takeLock } from '../locks';
import {
  factContent,
  fromFactRow,
  fromSubjectColumns,
  intervalContent,
  toFactData,
  toIntervalData,
  toOpenData,
  toResource,
} from './rows';

const TRANSACTION = { maxWait: 10_000, timeout: 30_000 } as const;

/** A report, and for a VM that takes over from another one, which. */
export type MeterReport = UsageReport & { readonly replacesId?: string | null };

const loadBook = async (tx: Transaction, runId: string): Promise<RunBook> => {
  const facts = await tx.usageFact.findMany({ where: { runId }, orderBy: { seq: 'asc' } });
  const { _max } = await tx.usageInterval.aggregate({ where: { runId }, _max: { endedAt: true } });
  return {
    facts: facts.map(fromFactRow),
    writtenMs: _max.endedAt?.getTime() ?? null,
    seenMs: Number.NEGATIVE_INFINITY,
  };
};

/** Appends to the lifecycle log. Call it under the lock of the ledger. */
export const insertFacts = async (tx: Transaction, facts: readonly UsageFact[], notedAt: Date): Promise<void> => {
  if (facts.length === 0) return;
  const last = await tx.usageFact.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  const data = facts.map((fact) => toFactData(fact, notedAt));
  await tx.usageFact.createMany({
    data: chainAfter(last, data, factContent).map(({ subject, ...row }) => ({
      ...row,
      subject: subject === null ? Prisma.DbNull : { ...subject, shape: { ...subject.shape } },
    })),
  });
};

/** Appends to the ledger. Call it under its lock. */
export const insertIntervals = async (
  tx: Transaction,
  intervals: readonly UsageInterval[],
  notedAt: Date,
): Promise<void> => {
  if (intervals.length === 0) return;
  const last = await tx.usageInterval.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } });
  const data = intervals.map((interval) => toIntervalData(interval, notedAt));
  await tx.usageInterval.createMany({ data: [...chainAfter(last, data, intervalContent)] });
};

/** VMs that ran beside this one, to take over from it, are alone from then on. */
const reportsOfSuccessors = async (
  tx: Transaction,
  resourceId: string,
  atMs: number,
  because: UsageFact['because'],
): Promise<readonly MeterReport[]> => {
  const successors = await tx.usageOpen.findMany({ where: { replacesId: resourceId, tier: 'overlap' } });
  return successors.map((row) => ({
    kind: 'changed',
    resource: toResource(row.resource),
    resourceId: row.resourceId,
    startedAtMs: row.runStartedAt.getTime(),
    atMs,
    subject: { ...fromSubjectColumns(row), tier: 'service' },
    because,
    replacesId: null,
  }));
};

const noteOne = async (tx: Transaction, report: MeterReport, notedAt: Date): Promise<readonly MeterReport[]> => {
  const { resource, resourceId, startedAtMs } = report;
  const runId = runIdOf(resource, resourceId, startedAtMs);
  const noted = noteReport(await loadBook(tx, runId), report);
  await insertFacts(tx, noted.facts, notedAt);
  await insertIntervals(tx, noted.intervals, notedAt);
  const { open } = noted;
  if (open === null) {
    await tx.usageOpen.deleteMany({ where: { runId } });
  } else {
    const newer = await tx.usageOpen.findFirst({
      where: { resource, resourceId, runStartedAt: { gt: new Date(startedAtMs) } },
    });
    // A run that another one followed has ended, whether its end was reported yet or not.
    if (newer === null) {
      await tx.usageOpen.deleteMany({ where: { resource, resourceId, runId: { not: runId } } });
      const seenAt = new Date(Math.max(open.startMs, report.kind === 'seen' ? report.atMs : open.startMs));
      const replaces = report.replacesId === undefined ? {} : { replacesId: report.replacesId };
      await tx.usageOpen.upsert({
        where: { runId },
        create: { ...toOpenData(open), ...replaces, seenAt },
        update: { ...toOpenData(open), ...replaces },
      });
    }
  }
  const fact = noted.facts[0];
  const stands = fact !== undefined && (fact.kind === 'ended' || fact.subject.tier === 'spare');
  return stands && resource === 'vm' ? reportsOfSuccessors(tx, resourceId, fact.atMs, fact.because) : [];
};

/**
 * Takes reports into the lifecycle log and the ledger, in one transaction. Whatever is reported again adds nothing; what
 * a report lets follow (a VM's end leaves its successor alone) is written with it.
 *
 * @param notedAt when it is written down; nothing is reckoned by it
 */
export const noteUsage = async (db: Database, reports: readonly MeterReport[], notedAt: Date): Promise<void> => {
  if (reports.length === 0) return;
  await db.$transaction(async (tx) => {
    await takeLock(tx, 'ledger');
    const queue = [...reports];
    for (let report = queue.shift(); report !== undefined; report = queue.shift())
      queue.unshift(...(await noteOne(tx, report, notedAt)));
  }, TRANSACTION);
};
