import type { SimVm, SimVolume } from '@/lib/sim/state';

interface PlaceOnDisk {
  readonly files: Record<string, string>;
  readonly path: string;
}

/** Where a path of the guest really lies: on its own disk, or on the volume that is mounted above it. */
export const placeOf = (vm: SimVm, volumes: ReadonlyMap<string, SimVolume>, path: string): PlaceOnDisk => {
  for (const [mountPath, volumeId] of Object.entries(vm.mounts)) {
    const volume = volumes.get(volumeId);
    if (volume !== undefined && path.startsWith(`${mountPath}/`)) {
      return { files: volume.files, path: path.slice(mountPath.length + 1) };
    }
  }
  return { files: vm.files, path };
};

/** Files whose content follows from what the VM is. */
export const wellKnownFile = (vm: SimVm, path: string): string | undefined => {
  if (path === '/etc/hostname') return `${vm.name}\n`;
  if (path === '/etc/machine-id') return `${vm.machineId}\n`;
  if (path === '/proc/meminfo') return `MemTotal:       ${vm.shape.memoryMiB * 1024} kB\n`;
  return undefined;
};
