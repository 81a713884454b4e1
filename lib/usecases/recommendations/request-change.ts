import type { ChangeRequestInput, RecommendationView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { sizeOf } from '@/lib/domain/policy/size';
import { prepareChange } from '../clusters/change-requirements';
import { requirementsInForce } from '../clusters/view';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { planHashOf } from '../operations/record-operation';
import { toJson } from '../policies/stored';
import { record } from '../record';
import { planColumns } from './recommend';
import { getRecommendationRow } from './recommendations';
import { supersedeRequests } from './supersede';
import { toRecommendationView } from './view';

/** Nobody answers a change for longer than this. */
const EXPIRES_AFTER_MS = 24 * 3_600_000;

/**
 * Puts a change of requirements to somebody else, with the plan as it was shown; approved, it is done in the name of who
 * asks. One that is open for the same cluster closes. Throws what `changeRequirements` throws, and `impossible` where
 * nothing would change.
 */
export const requestChange = async (
  context: UseCaseContext,
  clusterIdOrName: string,
  input: ChangeRequestInput,
): Promise<RecommendationView> => {
  authorise(context, 'cluster.change');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const now = context.clock();
    const { cluster, desired, plan } = await prepareChange(tx, clusterIdOrName, { ...input, dryRun: false });
    if (plan.steps.length === 0) throw new HeadroomError('impossible', 'Nothing would change.');
    const before = requirementsInForce(cluster);
    // The plan's hash says which cluster it was made against.
    const { generation: _generation, planHash: _planHash, ...request } = input;
    const asker = describeActor(context.actor);
    const closed = await supersedeRequests(tx, cluster.id, now, `${asker} asks for another change.`);
    const id = newId();
    const reason = input.reason ?? '';
    await tx.recommendation.create({
      data: {
        id,
        policyId: null,
        clusterId: cluster.id,
        reason,
        rule: '',
        request: toJson({ ...request, dryRun: false }),
        from: toJson(sizeOf(before.nodes, before.shape)),
        to: toJson(sizeOf(desired.nodes, desired.shape)),
        ...(await planColumns(tx, plan, now)),
        approvalsNeeded: 1,
        approvals: [],
        author: asker,
        askedRole: 'oncall',
        createdAt: now,
        expiresAt: new Date(now.getTime() + EXPIRES_AFTER_MS),
      },
    });
    return {
      value: toRecommendationView(await getRecommendationRow(tx, id), context.actor.role),
      audit: {
        action: 'change.request',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { recommendationId: id, request: toJson(request), planHash: planHashOf(plan) },
      },
      events: [...closed, { kind: 'recommendation', clusterId: cluster.id, payload: { id, state: 'open' } }],
    };
  });
};
