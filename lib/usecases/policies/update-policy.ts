import type { PolicyView, UpdatePolicyInput } from '@/lib/domain/contract';
import type { EventDraft } from '@/lib/events/append';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { supersedeOpen } from '../recommendations/supersede';
import { record } from '../record';
import { refuseTakenName } from './create-policy';
import { getPolicyRow, viewPolicy } from './policies';
import { toJson } from './stored';
import { POLICY_INCLUDE } from './view';

/** Changes what is given. An open recommendation of the policy as it stood closes. Throws `not_found`, `name_taken`. */
export const updatePolicy = async (
  context: UseCaseContext,
  idOrName: string,
  input: UpdatePolicyInput,
): Promise<PolicyView> => {
  authorise(context, 'policy.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const before = await getPolicyRow(tx, idOrName);
    if (input.name !== undefined) await refuseTakenName(tx, input.name, before.id);
    const now = context.clock();
    const { name, mode, enabled } = input;
    const json = {
      ...(input.rule === undefined ? {} : { rule: toJson(input.rule) }),
      ...(input.bounds === undefined ? {} : { bounds: toJson(input.bounds) }),
      ...(input.approval === undefined ? {} : { approval: toJson(input.approval) }),
    };
    const row = await tx.policy.update({
      where: { id: before.id },
      data: {
        name,
        mode,
        enabled,
        ...json,
        revision: { increment: 1 },
        updatedAt: now,
        updatedBy: describeActor(context.actor),
      },
      include: POLICY_INCLUDE,
    });
    const closed = await supersedeOpen(tx, row.id, now, 'The policy was changed.');
    const events: EventDraft[] = [{ kind: 'policy', clusterId: row.clusterId, payload: { name: row.name } }, ...closed];
    return {
      value: await viewPolicy(tx, row, now),
      audit: {
        action: 'policy.update',
        subject: `policy/${row.name}`,
        detail: { ...JSON.parse(JSON.stringify({ name, mode, enabled })), ...json, revision: row.revision },
      },
      events,
    };
  });
};

/** Removes a policy: it is evaluated no more. What it decided stays. Throws `not_found`. */
export const deletePolicy = async (context: UseCaseContext, idOrName: string): Promise<PolicyView> => {
  authorise(context, 'policy.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const row = await getPolicyRow(tx, idOrName);
    const now = context.clock();
    await tx.policy.update({ where: { id: row.id }, data: { deletedAt: now, enabled: false } });
    const closed = await supersedeOpen(tx, row.id, now, 'The policy was removed.');
    return {
      value: await viewPolicy(tx, row, now),
      audit: { action: 'policy.delete', subject: `policy/${row.name}` },
      events: [{ kind: 'policy', clusterId: row.clusterId, payload: { name: row.name } }, ...closed],
    };
  });
};
