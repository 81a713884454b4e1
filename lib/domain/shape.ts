/** The size of a virtual machine. Memory in MiB, disk in GiB. */
export interface Shape {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
}

/**
 * What a guest can take. Memory beyond the base is hot-plugged in DIMMs of 128 MiB (the block size of Linux memory
 * hot-plug on x86-64), so every size is a multiple of it; the golden snapshot itself is one vCPU and 256 MiB.
 */
export const SHAPE_LIMITS = {
  vcpusMin: 1,
  vcpusMax: 8,
  memoryMiBMin: 256,
  memoryMiBMax: 16_384,
  memoryMiBStep: 128,
  diskGiBMin: 4,
  diskGiBMax: 64,
  diskGiBDefault: 4,
} as const;

export const addShapes = (a: Shape, b: Shape): Shape => ({
  vcpus: a.vcpus + b.vcpus,
  memoryMiB: a.memoryMiB + b.memoryMiB,
  diskGiB: a.diskGiB + b.diskGiB,
});

export const subtractShapes = (a: Shape, b: Shape): Shape => ({
  vcpus: a.vcpus - b.vcpus,
  memoryMiB: a.memoryMiB - b.memoryMiB,
  diskGiB: a.diskGiB - b.diskGiB,
});

export const NO_SHAPE: Shape = { vcpus: 0, memoryMiB: 0, diskGiB: 0 };

export const sumShapes = (shapes: readonly Shape[]): Shape => shapes.reduce(addShapes, NO_SHAPE);

export const shapeFits = (need: Shape, free: Shape): boolean =>
  need.vcpus <= free.vcpus && need.memoryMiB <= free.memoryMiB && need.diskGiB <= free.diskGiB;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.vcpus === b.vcpus && a.memoryMiB === b.memoryMiB && a.diskGiB === b.diskGiB;

/** "2 vCPU, 512 MiB, 4 GiB disk" */
export const describeShape = (s: Shape): string => `${s.vcpus} vCPU, ${s.memoryMiB} MiB, ${s.diskGiB} GiB disk`;

/** How many of a shape fit into what is free. */
export const countThatFit = (need: Shape, free: Shape): number =>
  Math.max(
    0,
    Math.floor(
      Math.min(
        free.vcpus / Math.max(1, need.vcpus),
        free.memoryMiB / Math.max(1, need.memoryMiB),
        free.diskGiB / Math.max(1, need.diskGiB),
      ),
    ),
  );
