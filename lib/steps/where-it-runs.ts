/** Whether anything can act in a VM, as far as its hypervisor and the proofs that stand can tell. */
export type Life = 'runs' | 'ended' | 'unknown';

/**
 * Acts in a guest, while it is asked whether its VM runs at all: clients wait, and a hypervisor's answer takes as long as
 * the act where the machine is busy. Resolves with whether the VM ran and did it. An act that is done proves it, whatever a
 * hypervisor that answers late says; where the VM has ended, or nobody knows how it is, what comes of the act is left alone.
 * Throws what the act throws in a VM that runs.
 */
export const whereItRuns = async (look: () => Promise<Life>, act: () => Promise<void>): Promise<boolean> => {
  const acted = act().then(() => true);
  const life = look().catch((): Life => 'unknown');
  const actedOrEnded = life.then((found) => (found === 'ended' ? false : acted));
  try {
    return await Promise.race([acted, actedOrEnded]);
  } catch (error) {
    if ((await life) === 'runs') throw error;
    return false;
  }
};
