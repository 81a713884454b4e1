import { join } from 'node:path';
import type { Clock } from '@/lib/clock';
import { createGuestClustering } from '@/lib/clustering/guest';
import type { Clustering } from '@/lib/clustering/types';
import { createQemuHypervisor } from '@/lib/hypervisors/qemu';
import { createLab } from '@/lib/hypervisors/qemu/lab';
import { createSimulatedHypervisor } from '@/lib/hypervisors/simulated';
import type { Hypervisor } from '@/lib/hypervisors/types';
import { createSimulatedClustering, createSimulatedTraffic, createWorld } from '@/lib/sim';
import { createLabTraffic } from '@/lib/traffic/lab';
import type { Traffic } from '@/lib/traffic/types';

/** What this machine runs VMs with, and what stands where their clients stand. */
export interface Installation {
  readonly hypervisor: Hypervisor;
  readonly clustering: Clustering;
  readonly traffic: Traffic;
}

export interface InstallationOptions {
  /** The state directory. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** Images may be shared between state directories: HEADROOM_IMAGES says where they are. */
export const imagesDirectoryOf = (home: string, env: InstallationOptions['env']): string =>
  env.HEADROOM_IMAGES ?? join(home, 'images');

/** There is nothing to build: people who try the simulation need not wait for as long as a real image takes. */
const SIMULATED_IMAGE_MS = 1_000;

/** Puts together what HEADROOM_HYPERVISOR names: `qemu` or `simulated`. Nothing is started. Throws on another name. */
export const createInstallation = ({ home, env, clock }: InstallationOptions): Installation => {
  const name = env.HEADROOM_HYPERVISOR ?? 'qemu';
  switch (name) {
    case 'qemu': {
      const lab = createLab({ home });
      const hypervisor = createQemuHypervisor({ home, imagesDirectory: imagesDirectoryOf(home, env), lab });
      const traffic = createLabTraffic({ home, enterClients: () => lab.enter('clients') });
      return { hypervisor, clustering: createGuestClustering(hypervisor, traffic), traffic };
    }
    case 'simulated': {
      const world = createWorld({
        clock,
        file: join(home, 'simulated', 'world.json'),
        durations: { imageBuildMs: SIMULATED_IMAGE_MS },
      });
      return {
        hypervisor: createSimulatedHypervisor(world),
        clustering: createSimulatedClustering(world),
        traffic: createSimulatedTraffic(world),
      };
    }
    default:
      throw new Error(`HEADROOM_HYPERVISOR is ${JSON.stringify(name)}: use "qemu" or "simulated".`);
  }
};
