import type { Decision } from '@/lib/domain/policy/decision';
import type { Database } from '../context';
import { toJson } from './stored';

export interface EvaluationRecord {
  readonly policyId: string;
  readonly at: Date;
  readonly decision: Decision;
  /** `acted`, `recommended`, `observed`, or why nothing was done. */
  readonly code: string;
  readonly reason: string;
  readonly operationId: string | null;
  readonly recommendationId: string | null;
}

/** Writes all evaluations of a run by one statement. */
export const recordEvaluations = async (db: Database, records: readonly EvaluationRecord[]): Promise<void> => {
  if (records.length === 0) return;
  await db.policyEvaluation.createMany({
    data: records.map(({ policyId, at, decision, code, reason, operationId, recommendationId }) => ({
      policyId,
      at,
      outcome: decision.outcome,
      code,
      reason,
      value: decision.value,
      decision: toJson(decision),
      operationId,
      recommendationId,
    })),
  });
};

/** Removes what is older than two weeks, as metrics are. */
export const removeEvaluationsBefore = async (db: Database, before: Date): Promise<void> => {
  await db.policyEvaluation.deleteMany({ where: { at: { lt: before } } });
};
