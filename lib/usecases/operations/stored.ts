import type { OperationEvent, Prisma } from '@/lib/db/generated/client';
import { type FailedRequestView, failedRequestSchema, type PlanView } from '@/lib/domain/contract';
import type { FailedRequest, LogEntry, LogFact } from '@/lib/domain/operation';
import type { Plan } from '@/lib/domain/plan';

/** A plan as it is kept. Only `recordOperation` writes the column, so what is read has the type that was written. */
export const toPlanJson = (plan: Plan): Prisma.InputJsonValue => JSON.parse(JSON.stringify(plan));

export const fromPlanJson = (json: Prisma.JsonValue): Plan => json as unknown as Plan;

/** Only the operations' log writer writes the column. */
export const toLogEntry = (row: Pick<OperationEvent, 'seq' | 'at' | 'fact'>): LogEntry => ({
  seq: row.seq,
  at: row.at,
  ...(row.fact as unknown as LogFact),
});

/** Failed requests of a receipt as they are kept: as they are shown. */
export const toFailuresJson = (failures: readonly FailedRequest[]): Prisma.InputJsonValue =>
  failures.map(({ at, ...what }): FailedRequestView => ({ at: at.toISOString(), ...what }));

const failuresSchema = failedRequestSchema.array();

/** Throws when the column holds something else. */
export const fromFailuresJson = (json: Prisma.JsonValue): FailedRequestView[] => failuresSchema.parse(json);

/** A plan as it is shown: without the steps' arguments. */
export const toPlanView = (plan: Plan, hash: string): PlanView => ({
  hash,
  kind: plan.kind,
  clusterId: plan.clusterId,
  clusterName: plan.clusterName,
  generation: plan.generation,
  mode: plan.mode,
  before: plan.before,
  after: plan.after,
  creates: [...plan.creates],
  keeps: [...plan.keeps],
  removes: [...plan.removes],
  pairing: [...plan.pairing],
  steps: plan.steps.map(({ id, kind, title, after, deadlineMs, movesTraffic }) => ({
    id,
    kind,
    title,
    after: [...after],
    deadlineMs,
    movesTraffic,
  })),
  extraWhileRunning: plan.extraWhileRunning,
  expectedOutageMs: plan.expectedOutageMs,
});
