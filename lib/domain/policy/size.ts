import { counted } from '../counted';
import { NODES_MAX } from '../requirements';
import { SHAPE_LIMITS as L, type Shape } from '../shape';
import type { PolicyBounds } from './schema';

/** What a policy changes: how many nodes, and what each of them has. Memory in MiB. */
export interface Size {
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
}

export type PartialSize = { readonly [K in keyof Size]?: Size[K] | undefined };

export const SIZE_FIELDS = ['nodes', 'vcpus', 'memoryMiB'] as const satisfies readonly (keyof Size)[];

export const sizeOf = (nodes: number, shape: Pick<Shape, 'vcpus' | 'memoryMiB'>): Size => ({
  nodes,
  vcpus: shape.vcpus,
  memoryMiB: shape.memoryMiB,
});

export const sameSize = (a: Size, b: Size): boolean =>
  a.nodes === b.nodes && a.vcpus === b.vcpus && a.memoryMiB === b.memoryMiB;

/** The size with what the parts say; of several the last one that says something counts. */
export const withParts = (size: Size, ...parts: readonly (PartialSize | undefined)[]): Size =>
  parts.reduce<Size>(
    (whole, part) => ({
      nodes: part?.nodes ?? whole.nodes,
      vcpus: part?.vcpus ?? whole.vcpus,
      memoryMiB: part?.memoryMiB ?? whole.memoryMiB,
    }),
    size,
  );

/** Adds a step, or takes it away with `sign` −1. */
export const stepSize = (size: Size, step: PartialSize, sign: 1 | -1): Size => ({
  nodes: size.nodes + sign * (step.nodes ?? 0),
  vcpus: size.vcpus + sign * (step.vcpus ?? 0),
  memoryMiB: size.memoryMiB + sign * (step.memoryMiB ?? 0),
});

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** The nearest size that the policy's bounds and Headroom's own limits allow. Memory is rounded up to whole blocks. */
export const clampSize = (size: Size, bounds: PolicyBounds): Size => ({
  nodes: clamp(size.nodes, bounds.nodesMin, Math.min(bounds.nodesMax, NODES_MAX)),
  vcpus: clamp(size.vcpus, bounds.vcpusMin, Math.min(bounds.vcpusMax, L.vcpusMax)),
  memoryMiB: clamp(
    Math.ceil(size.memoryMiB / L.memoryMiBStep) * L.memoryMiBStep,
    bounds.memoryMiBMin,
    Math.min(bounds.memoryMiBMax, L.memoryMiBMax),
  ),
});

export type Direction = 'up' | 'down';

/** By processors in all, then by memory in all, then by nodes; null for no change. */
export const directionOf = (from: Size, to: Size): Direction | null => {
  const differences = [
    to.nodes * to.vcpus - from.nodes * from.vcpus,
    to.nodes * to.memoryMiB - from.nodes * from.memoryMiB,
    to.nodes - from.nodes,
  ];
  const first = differences.find((difference) => difference !== 0);
  if (first === undefined) return sameSize(from, to) ? null : 'up';
  return first > 0 ? 'up' : 'down';
};

/** VMs that exist at once while one size becomes another: a new shape is built beside the old one. */
export const peakVms = (vms: number, from: Size, to: Size): number => {
  const isReshaped = from.vcpus !== to.vcpus || from.memoryMiB !== to.memoryMiB;
  return vms + (isReshaped ? to.nodes : Math.max(0, to.nodes - from.nodes));
};

/** "2 → 3 nodes, 1 → 2 vCPU" */
export const describeSizeChange = (from: Size, to: Size): string => {
  const parts = [
    from.nodes === to.nodes ? null : `${from.nodes} → ${to.nodes} nodes`,
    from.vcpus === to.vcpus ? null : `${from.vcpus} → ${to.vcpus} vCPU`,
    from.memoryMiB === to.memoryMiB ? null : `${from.memoryMiB} → ${to.memoryMiB} MiB`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'no change' : parts.join(', ');
};

/** "3 nodes of 1 vCPU and 256 MiB" */
export const describeSize = ({ nodes, vcpus, memoryMiB }: Size): string =>
  `${counted(nodes, 'node')} of ${vcpus} vCPU and ${memoryMiB} MiB`;
