import type { WorkloadView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { toWorkloadView } from './view';
import { getWorkloadRow } from './workloads';

/**
 * Removes a workload of one's own. Throws `wrong_state` for a built-in one and for one that a cluster ever ran: what a
 * deleted cluster was stays readable.
 */
export const deleteWorkload = async (context: UseCaseContext, idOrName: string): Promise<WorkloadView> => {
  authorise(context, 'workload.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    const row = await getWorkloadRow(tx, idOrName);
    if (row.builtIn) throw new HeadroomError('wrong_state', `${row.name} is built in: it stays.`);
    const clusters = await tx.cluster.findMany({
      where: { workloadId: row.id },
      select: { name: true },
      orderBy: { name: 'asc' },
    });
    if (clusters.length > 0) {
      const names = clusters.map((cluster) => cluster.name);
      throw new HeadroomError('wrong_state', `Clusters run or ran ${row.name}: ${names.join(', ')}.`, {
        details: { clusters: names },
      });
    }
    await tx.workload.delete({ where: { id: row.id } });
    return {
      value: toWorkloadView(row),
      audit: { action: 'workload.delete', subject: `workload/${row.name}` },
      events: [{ kind: 'workload', payload: { name: row.name } }],
    };
  });
};
