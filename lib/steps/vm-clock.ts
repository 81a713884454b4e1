import type { StepContext } from './context';

/**
 * What time it is for a VM's hypervisor, by whose clock everything that is charged is reckoned: this process's own may
 * jump. Its own where the VM does not run or its hypervisor does not answer.
 */
export const timeAtVm = async (
  { hypervisor, clock }: Pick<StepContext, 'hypervisor' | 'clock'>,
  vmId: string,
): Promise<Date> => (await hypervisor.statistics(vmId).catch(() => null))?.at ?? clock.now();
