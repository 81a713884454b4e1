import type { ApproveInput, RecommendationView, RejectInput } from '@/lib/domain/contract';
import { HeadroomError, isHeadroomError } from '@/lib/domain/errors';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { toJson } from '../policies/stored';
import { record } from '../record';
import { executeRecommendation } from './execute';
import { remakePlan } from './recommend';
import { getRecommendationRow } from './recommendations';
import { approvalsOf, type RecommendationRow, toRecommendationView } from './view';

const wrongState = (message: string): HeadroomError => new HeadroomError('wrong_state', message);

const getOpen = async (tx: Transaction, id: string, now: Date): Promise<RecommendationRow> => {
  const row = await getRecommendationRow(tx, id);
  if (row.state !== 'open') throw wrongState(`This recommendation is ${row.state} already.`);
  if (row.expiresAt <= now) throw wrongState('This recommendation has expired.');
  return row;
};

/**
 * Whoever asks for a change does not approve it. Where two people have to agree, each counts once, and whoever wrote the
 * policy does not.
 */
const refuseApprover = (context: UseCaseContext, row: RecommendationRow): void => {
  if (row.policy === null && describeActor(context.actor) === row.author) {
    throw new HeadroomError('forbidden', 'You asked for this change yourself: somebody else has to approve it.');
  }
  if (row.approvalsNeeded < 2) return;
  const { actor } = context;
  if (actor.kind !== 'user') {
    throw new HeadroomError('forbidden', 'Two people have to agree: sign in to the console, a token is no person.');
  }
  const name = describeActor(actor);
  if (name === row.author) {
    throw new HeadroomError('forbidden', 'Two people have to agree, and who wrote the policy is not one of them.');
  }
  if (approvalsOf(row).some(({ by }) => by === name)) throw wrongState('You have approved it already.');
};

/** How an answer came in, other than by a session or a token of the API. */
export interface Via {
  /** Stands in the audit trail. */
  readonly label: string;
  /** Uses up what allowed it, in the answer's own transaction. */
  readonly take: (tx: Transaction) => Promise<void>;
}

const approveIn = async (
  tx: Transaction,
  context: UseCaseContext,
  id: string,
  input: ApproveInput,
  via: Via | undefined,
) => {
  await takeLock(tx, 'allocation');
  await via?.take(tx);
  const now = context.clock();
  const row = await getOpen(tx, id, now);
  if (input.planHash !== row.planHash) {
    throw new HeadroomError('stale_plan', 'The plan was made anew since you saw it. Look again.', {
      details: { planHash: row.planHash },
    });
  }
  refuseApprover(context, row);
  const by = describeActor(context.actor);
  const approvals = [...approvalsOf(row), { by, at: now.toISOString(), comment: input.comment }];
  const isEnough = approvals.length >= row.approvalsNeeded;
  const everybody = approvals.map((approval) => approval.by).join(', ');
  const executed = isEnough ? await executeRecommendation(tx, context, row, everybody) : null;
  await tx.recommendation.update({
    where: { id },
    data: {
      approvals: toJson(approvals),
      ...(executed === null
        ? {}
        : {
            state: 'approved' as const,
            decidedAt: now,
            decidedBy: everybody,
            comment: input.comment,
            operationId: executed.operationId,
          }),
    },
  });
  const after = await getRecommendationRow(tx, id);
  return {
    value: toRecommendationView(after, context.actor.role),
    audit: {
      action: 'recommendation.approve',
      subject: `recommendation/${id}`,
      reason: input.comment,
      detail: {
        policy: row.policy?.name ?? null,
        planHash: row.planHash,
        operationId: executed?.operationId ?? null,
        ...(via === undefined ? {} : { via: via.label }),
      },
    },
    events: [
      ...(executed?.events ?? []),
      { kind: 'recommendation' as const, clusterId: row.clusterId, payload: { id, state: after.state } },
    ],
  };
};

/**
 * Approves a recommendation; with enough approvals its plan is accepted as it was shown, in the name of who asked. When
 * things have changed meanwhile the plan is made anew and the approval refused.
 * Throws `not_found`, `wrong_state`, `stale_plan`, `forbidden`, and what accepting a change throws.
 */
export const approveRecommendation = async (
  context: UseCaseContext,
  id: string,
  input: ApproveInput,
  via?: Via,
): Promise<RecommendationView> => {
  authorise(context, 'recommendation.decide');
  try {
    return await record(context, (tx) => approveIn(tx, context, id, input, via));
  } catch (error) {
    if (!isHeadroomError(error) || error.code !== 'stale_plan') throw error;
    if (await remakePlan(context, id)) {
      const { planHash } = await getRecommendationRow(context.db, id);
      throw new HeadroomError('stale_plan', 'Things have changed, and the plan was made anew. Look again.', {
        details: { planHash },
      });
    }
    throw error;
  }
};

/** Closes a recommendation without a change. Throws `not_found`, `wrong_state`, `stale_plan`. */
export const rejectRecommendation = async (
  context: UseCaseContext,
  id: string,
  input: RejectInput,
  via?: Via,
): Promise<RecommendationView> => {
  authorise(context, 'recommendation.decide');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    await via?.take(tx);
    const now = context.clock();
    const row = await getOpen(tx, id, now);
    if (input.planHash !== undefined && input.planHash !== row.planHash) {
      throw new HeadroomError('stale_plan', 'The plan was made anew since you saw it. Look again.', {
        details: { planHash: row.planHash },
      });
    }
    const decidedBy = describeActor(context.actor);
    await tx.recommendation.update({
      where: { id },
      data: { state: 'rejected', decidedAt: now, decidedBy, comment: input.comment },
    });
    return {
      value: toRecommendationView(await getRecommendationRow(tx, id), context.actor.role),
      audit: {
        action: 'recommendation.reject',
        subject: `recommendation/${id}`,
        reason: input.comment,
        detail: { policy: row.policy?.name ?? null, ...(via === undefined ? {} : { via: via.label }) },
      },
      events: [{ kind: 'recommendation', clusterId: row.clusterId, payload: { id, state: 'rejected' } }],
    };
  });
};
