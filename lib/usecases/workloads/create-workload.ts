import type { WorkloadView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { WorkloadSpec } from '@/lib/domain/workload';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { toSpecJson, toWorkloadView } from './view';

/** Adds a workload of one's own. Throws `name_taken`. */
export const createWorkload = async (context: UseCaseContext, spec: WorkloadSpec): Promise<WorkloadView> => {
  authorise(context, 'workload.write');
  return record(context, async (tx) => {
    await takeLock(tx, 'allocation');
    if ((await tx.workload.findUnique({ where: { name: spec.name } })) !== null) {
      const message = `There is a workload ${spec.name} already.`;
      throw new HeadroomError('name_taken', message, { details: { fields: [{ field: 'name', message }] } });
    }
    const row = await tx.workload.create({
      data: {
        id: newId(),
        name: spec.name,
        builtIn: false,
        spec: toSpecJson(spec),
        createdAt: context.clock(),
        createdBy: describeActor(context.actor),
      },
    });
    return {
      value: toWorkloadView(row),
      audit: { action: 'workload.create', subject: `workload/${row.name}` },
      events: [{ kind: 'workload', payload: { name: row.name } }],
    };
  });
};
