import type { WorkloadSpec } from '@/lib/domain/workload';
import { canonicalJson } from '../canonical-json';
import { describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { toSpecJson } from './view';

/**
 * Brings the built-in workloads of this version into the database; called at every start. A workload of one's own that
 * has the name of a new built-in one keeps it. Clusters take a changed one up with their next VMs.
 */
export const ensureBuiltInWorkloads = async (
  context: UseCaseContext,
  workloads: readonly WorkloadSpec[],
): Promise<void> => {
  for (const spec of workloads) {
    const found = await context.db.workload.findUnique({ where: { name: spec.name } });
    if (found !== null && (!found.builtIn || canonicalJson(found.spec) === canonicalJson(spec))) continue;
    await record(context, async (tx) => {
      await takeLock(tx, 'allocation');
      const row = await tx.workload.upsert({
        where: { name: spec.name },
        update: { spec: toSpecJson(spec) },
        create: {
          id: newId(),
          name: spec.name,
          builtIn: true,
          spec: toSpecJson(spec),
          createdAt: context.clock(),
          createdBy: describeActor(context.actor),
        },
      });
      return {
        value: row.id,
        audit: { action: 'workload.install', subject: `workload/${spec.name}` },
        events: [{ kind: 'workload', payload: { name: spec.name } }],
      };
    });
  }
};
