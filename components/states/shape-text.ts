/** "512 MiB", "1.5 GiB", "6 GiB": memory as people say it. */
export const formatMemory = (memoryMiB: number): string =>
  memoryMiB < 1_024 ? `${memoryMiB} MiB` : `${Number((memoryMiB / 1_024).toFixed(2))} GiB`;

/** "2.5 of 8 GiB": what is taken of a memory. */
export const formatMemoryUse = (usedMiB: number, totalMiB: number): string =>
  totalMiB < 1_024
    ? `${usedMiB} of ${totalMiB} MiB`
    : `${Number((usedMiB / 1_024).toFixed(2))} of ${formatMemory(totalMiB)}`;

/** "2 vCPU · 512 MiB": a shape where the disk does not matter. */
export const formatShape = (shape: { readonly vcpus: number; readonly memoryMiB: number }): string =>
  `${shape.vcpus} vCPU · ${formatMemory(shape.memoryMiB)}`;
