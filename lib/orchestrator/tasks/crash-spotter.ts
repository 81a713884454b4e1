import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Looks often, and at processes only, so that a VM that crashed is noticed before its node would be asked again. */
export const crashSpotter = (context: OrchestratorContext, onCrash: () => void): Task => {
  let known: ReadonlySet<string> = new Set();
  return {
    name: 'crash-spotter',
    periodMs: 1_000,
    deadlineMs: 10_000,
    run: async () => {
      const vms = await context.hypervisor.listVms();
      const crashed = vms.filter(({ state }) => state === 'crashed').map(({ id }) => id);
      const isNew = crashed.some((id) => !known.has(id));
      known = new Set(crashed);
      if (isNew) onCrash();
    },
  };
};
