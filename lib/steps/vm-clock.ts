import type { StepContext } from './context';

/** What time a VM's hypervisor says it is; null where the VM does not run or nobody answers. */
export const clockOfVm = async ({ hypervisor }: Pick<StepContext, 'hypervisor'>, vmId: string): Promise<Date | null> =>
  (await hypervisor.statistics(vmId).catch(() => null))?.at ?? null;

/**
 * What time it is for a VM's hypervisor, by whose clock everything that is charged is reckoned: this process's own may
 * jump. Its own where the VM does not run or its hypervisor does not answer.
 */
export const timeAtVm = async (context: Pick<StepContext, 'hypervisor' | 'clock'>, vmId: string): Promise<Date> =>
  (await clockOfVm(context, vmId)) ?? context.clock.now();
