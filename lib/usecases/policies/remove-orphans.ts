import type { UseCaseContext } from '../context';
import { deletePolicy } from './update-policy';

/** Removes the policies of clusters that are deleted: their names are free again. Repeating it changes nothing. */
export const removeOrphanedPolicies = async (context: UseCaseContext): Promise<void> => {
  const orphans = await context.db.policy.findMany({
    where: { deletedAt: null, cluster: { state: 'deleted' } },
    select: { id: true },
  });
  for (const { id } of orphans) await deletePolicy(context, id);
};
