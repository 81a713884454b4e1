import type { SetCostCentreInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { record } from '../record';

/** Has a cluster charged to another cost centre from now on. Throws `not_found`, and `conflict` when it is already. */
export const setCostCentre = async (
  context: UseCaseContext,
  idOrName: string,
  input: SetCostCentreInput,
): Promise<{ readonly costCentre: string }> => {
  authorise(context, 'rates.write');
  return record(context, async (tx) => {
    const cluster = await getClusterRow(tx, idOrName);
    const { costCentre, reason } = input;
    if (cluster.costCentre === costCentre)
      throw new HeadroomError('conflict', `${cluster.name} is charged to ${costCentre} already.`);
    await tx.cluster.update({
      where: { id: cluster.id },
      data: {
        costCentre,
        costCentreSince: context.clock(),
        costCentreBy: describeActor(context.actor),
        costCentreReason: reason,
      },
    });
    return {
      value: { costCentre },
      audit: {
        action: 'cluster.charge',
        subject: `cluster/${cluster.name}`,
        reason,
        detail: { before: cluster.costCentre, after: costCentre },
      },
      events: [{ kind: 'cluster', clusterId: cluster.id }],
    };
  });
};
