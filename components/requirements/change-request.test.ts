import { expect, it } from 'vitest';
import type { ClusterView } from '@/lib/domain/contract';
import { fieldOf, formOf, pairWith, requestOf } from './change-request';

const cluster = {
  generation: 3,
  stateful: false,
  requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256, diskGiB: 4 }, spread: 'host', spares: 0 },
} as unknown as ClusterView;

it('begins with the requirements in force, and moves what has a volume', () => {
  expect(formOf(cluster)).toMatchObject({ nodes: 2, vcpus: 1, memoryMiB: 256, mode: 'cluster' });
  expect(formOf({ ...cluster, stateful: true }).mode).toBe('move');
});

it('asks for nothing while a number is being typed, and keeps the disk', () => {
  const form = formOf(cluster);
  expect(requestOf(cluster, { ...form, nodes: Number.NaN })).toBeNull();
  expect(requestOf(cluster, form)).toMatchObject({ shape: { diskGiB: 4 }, generation: 3 });
  expect(requestOf(cluster, form)).not.toHaveProperty('pairing');
});

it('puts problems beside the field they belong to', () => {
  expect(fieldOf('shape.memoryMiB')).toBe('memoryMiB');
  expect(fieldOf('input.shape.vcpus')).toBe('vcpus');
  expect(fieldOf('pairing.0.to')).toBe('pairing');
  expect(fieldOf('generation')).toBeNull();
});

it('a successor serves one node only', () => {
  const one = pairWith([], 'shop-1', 'new-1');
  expect(pairWith(one, 'shop-2', 'new-1')).toEqual([{ from: 'shop-2', to: 'new-1' }]);
  expect(pairWith(one, 'shop-1', null)).toEqual([]);
});
