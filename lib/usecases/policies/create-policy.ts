import type { CreatePolicyInput, PolicyView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { toJson } from './stored';
import { POLICY_INCLUDE, toPolicyView } from './view';

/** Throws `name_taken` unless no other policy has the name. */
export const refuseTakenName = async (tx: Transaction, name: string, exceptId?: string): Promise<void> => {
  const taken = await tx.policy.findFirst({ where: { name, deletedAt: null, NOT: { id: exceptId ?? '' } } });
  if (taken === null) return;
  const message = `There is a policy ${name} already.`;
  throw new HeadroomError('name_taken', message, { details: { fields: [{ field: 'name', message }] } });
};

/** Adds a policy; it is evaluated from the next run on. Throws `name_taken`, and `not_found` for its cluster. */
export const createPolicy = async (context: UseCaseContext, input: CreatePolicyInput): Promise<PolicyView> => {
  authorise(context, 'policy.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    await refuseTakenName(tx, input.name);
    const cluster = await getClusterRow(tx, input.cluster);
    const now = context.clock();
    const author = describeActor(context.actor);
    const { name, mode, enabled, rule, bounds, approval } = input;
    const row = await tx.policy.create({
      data: {
        id: newId(),
        name,
        clusterId: cluster.id,
        mode,
        enabled,
        rule: toJson(rule),
        bounds: toJson(bounds),
        approval: toJson(approval),
        createdAt: now,
        createdBy: author,
        updatedAt: now,
        updatedBy: author,
      },
      include: POLICY_INCLUDE,
    });
    return {
      value: toPolicyView(row, null, now),
      audit: {
        action: 'policy.create',
        subject: `policy/${name}`,
        detail: { cluster: cluster.name, mode, enabled, rule: toJson(rule), bounds: toJson(bounds) },
      },
      events: [{ kind: 'policy', clusterId: cluster.id, payload: { name } }],
    };
  });
};
