import { alarmSubject } from '@/lib/domain/alarm';
import type { FenceEvidence, FenceMethod } from '@/lib/hypervisors/types';
import { isUnreachable, type StepContext } from './context';

const METHODS: readonly FenceMethod[] = ['process-gone', 'never-started', 'simulated', 'confirmed-by-person'];

/** The proof that stands for a host, while nothing has been heard of it since, or for the VM by a person's word. */
export const findEvidence = async (context: StepContext, vmId: string): Promise<FenceEvidence | null> => {
  const { db } = context;
  const { host } = await db.vm.findUniqueOrThrow({ where: { id: vmId }, include: { host: true } });
  const ofVm = { subject: alarmSubject('vm', vmId), method: 'confirmed-by-person' };
  const ofHost = { subject: alarmSubject('host', host.id) };
  const fence = await db.fence.findFirst({
    where: { liftedAt: null, OR: host.state === 'fenced' ? [ofVm, ofHost] : [ofVm] },
    orderBy: { at: 'desc' },
  });
  const method = METHODS.find((known) => known === fence?.method);
  return fence === null || method === undefined ? null : { subject: vmId, at: fence.at, method, detail: fence.detail };
};

/**
 * Makes sure that a VM can no longer act, and says how that is known: by the hypervisor or, where it cannot be asked or
 * does not acknowledge, by the proof that stands for the VM or its host. Throws what the hypervisor throws when there is
 * neither.
 */
export const ensureFenced = async (context: StepContext, vmId: string): Promise<FenceEvidence> => {
  try {
    return await context.hypervisor.fenceVm(vmId);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const evidence = await findEvidence(context, vmId);
    if (evidence === null) throw error;
    return evidence;
  }
};
