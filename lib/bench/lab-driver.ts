import { createQemuHypervisor } from '@/lib/hypervisors/qemu';
import { createLab, type Lab } from '@/lib/hypervisors/qemu/lab';
import { makeTestHome, testImagesDirectory } from '@/lib/hypervisors/qemu/testing';
import type { Hypervisor, VmSpec } from '@/lib/hypervisors/types';
import { untilInterrupted } from './interruption';

export interface LabDriver {
  readonly home: string;
  readonly imagesDirectory: string;
  readonly lab: Lab;
  readonly hypervisor: Hypervisor;
  readonly imageKey: string;
}

/** A driver with a lab of its own, without database and console; everything is removed afterwards. */
export const withLabDriver = async <T>(work: (driver: LabDriver) => Promise<T>): Promise<T> => {
  const { home, remove } = await makeTestHome();
  const imagesDirectory = testImagesDirectory();
  const lab = createLab({ home });
  const hypervisor = createQemuHypervisor({ home, imagesDirectory, lab });
  try {
    return await untilInterrupted(async () => {
      await hypervisor.start();
      const imageKey = await hypervisor.ensureImage({ packages: [] }, () => undefined);
      return work({ home, imagesDirectory, lab, hypervisor, imageKey });
    });
  } finally {
    await hypervisor.tearDown();
    await hypervisor.stop();
    await remove();
  }
};

/** The `number`th VM of a case, small, on the first host. */
export const specOf = (driver: LabDriver, number: number, host: string): VmSpec => ({
  id: `bench-${number}`,
  name: `bench-${number}`,
  hostId: host,
  shape: { vcpus: 1, memoryMiB: 256, diskGiB: 4 },
  imageKey: driver.imageKey,
  nic: {
    mac: `02:be:00:00:00:${number.toString(16).padStart(2, '0')}`,
    address: `10.77.200.${number}`,
    prefixLength: 16,
  },
});
