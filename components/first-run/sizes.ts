/** Sizes to begin with: small enough for any host, and changed later without clients noticing. */
export const SIZES = [
  { id: 'small', label: 'Small', nodes: 2, vcpus: 1, memoryMiB: 256 },
  { id: 'medium', label: 'Medium', nodes: 2, vcpus: 2, memoryMiB: 512 },
  { id: 'large', label: 'Large', nodes: 3, vcpus: 2, memoryMiB: 1024 },
] as const;

export type SizeId = (typeof SIZES)[number]['id'];
