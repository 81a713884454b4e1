import type { UsageFact as FactRow, UsageInterval as IntervalRow, Prisma } from '@/lib/db/generated/client';
import type { OpenUsage, Tier, UsageFact, UsageInterval, UsageResource, UsageSubject } from '@/lib/domain/usage/types';

type FactData = Omit<FactRow, 'seq' | 'prevHash' | 'hash' | 'subject'> & { readonly subject: UsageSubject | null };
type IntervalData = Omit<IntervalRow, 'seq' | 'prevHash' | 'hash'>;

/** Only `noteUsage` writes these columns, so what is read has the type that was written. */
export const toTier = (text: string): Tier => text as Tier;
export const toResource = (text: string): UsageResource => text as UsageResource;

export const toFactData = (fact: UsageFact, notedAt: Date): FactData => ({
  id: fact.id,
  runId: fact.runId,
  kind: fact.kind,
  resource: fact.resource,
  resourceId: fact.resourceId,
  at: new Date(fact.atMs),
  reportedAt: new Date(fact.reportedMs),
  notedAt,
  subject: fact.subject,
  ...fact.because,
});

export const fromFactRow = (row: FactRow): UsageFact => {
  const { operationId, actor, reason } = row;
  const base = {
    id: row.id,
    runId: row.runId,
    resource: toResource(row.resource),
    resourceId: row.resourceId,
    atMs: row.at.getTime(),
    reportedMs: row.reportedAt.getTime(),
    because: { operationId, actor, reason },
  };
  if (row.subject === null) return { ...base, kind: 'ended', subject: null };
  const kind = row.kind === 'started' ? 'started' : 'changed';
  return { ...base, kind, subject: row.subject as unknown as UsageSubject };
};

/** What of a subject has columns of its own. */
export const subjectColumns = ({ shape, ...subject }: UsageSubject) => ({ ...subject, ...shape });

interface SubjectColumns {
  readonly name: string;
  readonly tier: string;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly costCentre: string;
  readonly site: string;
  readonly host: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
}

export const fromSubjectColumns = (row: SubjectColumns): UsageSubject => ({
  name: row.name,
  tier: toTier(row.tier),
  clusterId: row.clusterId,
  clusterName: row.clusterName,
  costCentre: row.costCentre,
  site: row.site,
  host: row.host,
  shape: { vcpus: row.vcpus, memoryMiB: row.memoryMiB, diskGiB: row.diskGiB },
});

export const toIntervalData = (interval: UsageInterval, notedAt: Date): IntervalData => ({
  id: interval.id,
  runId: interval.runId,
  resource: interval.resource,
  resourceId: interval.resourceId,
  startedAt: new Date(interval.startMs),
  endedAt: new Date(interval.endMs),
  runStartedAt: new Date(interval.runStartMs),
  endsRun: interval.endsRun,
  ...subjectColumns(interval.subject),
  ...interval.because,
  endOperationId: interval.endBecause.operationId,
  endActor: interval.endBecause.actor,
  endReason: interval.endBecause.reason,
  notedAt,
});

export const fromIntervalRow = (row: IntervalRow): UsageInterval => ({
  id: row.id,
  runId: row.runId,
  resource: toResource(row.resource),
  resourceId: row.resourceId,
  startMs: row.startedAt.getTime(),
  endMs: row.endedAt.getTime(),
  runStartMs: row.runStartedAt.getTime(),
  endsRun: row.endsRun,
  subject: fromSubjectColumns(row),
  because: { operationId: row.operationId, actor: row.actor, reason: row.reason },
  endBecause: { operationId: row.endOperationId, actor: row.endActor, reason: row.endReason },
});

export const toOpenData = (open: OpenUsage): Omit<Prisma.UsageOpenCreateInput, 'seenAt' | 'replacesId'> => ({
  runId: open.runId,
  resource: open.resource,
  resourceId: open.resourceId,
  runStartedAt: new Date(open.runStartMs),
  startedAt: new Date(open.startMs),
  ...subjectColumns(open.subject),
  ...open.because,
});

/** What is hashed of a row besides its place: all of it. */
export const factContent = ({ subject, ...row }: FactData, seq: bigint): object => ({
  seq: seq.toString(),
  id: row.id,
  runId: row.runId,
  kind: row.kind,
  resource: row.resource,
  resourceId: row.resourceId,
  at: row.at,
  reportedAt: row.reportedAt,
  notedAt: row.notedAt,
  subject,
  operationId: row.operationId,
  actor: row.actor,
  reason: row.reason,
});

export const intervalContent = (row: IntervalData, seq: bigint): object => ({
  seq: seq.toString(),
  id: row.id,
  runId: row.runId,
  resource: row.resource,
  resourceId: row.resourceId,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  runStartedAt: row.runStartedAt,
  endsRun: row.endsRun,
  name: row.name,
  tier: row.tier,
  clusterId: row.clusterId,
  clusterName: row.clusterName,
  costCentre: row.costCentre,
  site: row.site,
  host: row.host,
  vcpus: row.vcpus,
  memoryMiB: row.memoryMiB,
  diskGiB: row.diskGiB,
  operationId: row.operationId,
  actor: row.actor,
  reason: row.reason,
  endOperationId: row.endOperationId,
  endActor: row.endActor,
  endReason: row.endReason,
  notedAt: row.notedAt,
});
