import { alarmSubject } from '@/lib/domain/alarm';
import type { FenceEvidence, FenceMethod } from '@/lib/hypervisors/types';
import { getVm, isUnreachable, type StepContext } from './context';

const METHODS: readonly FenceMethod[] = ['process-gone', 'never-started', 'simulated', 'confirmed-by-person'];

/** The proof that stands for a host: of its last fence, while nothing has been heard of it since. */
const findHostEvidence = async ({ db }: StepContext, hostId: string): Promise<FenceEvidence | null> => {
  const host = await db.host.findUnique({ where: { id: hostId } });
  if (host?.state !== 'fenced') return null;
  const fence = await db.fence.findFirst({
    where: { subject: alarmSubject('host', hostId), liftedAt: null },
    orderBy: { at: 'desc' },
  });
  const method = METHODS.find((known) => known === fence?.method);
  return fence === null || method === undefined
    ? null
    : { subject: hostId, at: fence.at, method, detail: fence.detail };
};

/**
 * Makes sure that a VM can no longer act, and says how that is known: by the hypervisor or, where it cannot be asked, by
 * the proof that stands for the VM's host. Throws what the hypervisor throws when there is neither.
 */
export const ensureFenced = async (context: StepContext, vmId: string): Promise<FenceEvidence> => {
  try {
    return await context.hypervisor.fenceVm(vmId);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const evidence = await findHostEvidence(context, (await getVm(context, vmId)).hostId);
    if (evidence === null) throw error;
    return evidence;
  }
};
