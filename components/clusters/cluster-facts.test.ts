import { describe, expect, it } from 'vitest';
import type { ClusterView, NodeView, PlanView } from '@/lib/domain/contract';
import { nodesText, placementOf, vipHolderOf, vipHolderText, whyNotChangeable } from './cluster-facts';
import { nodeWith, SHAPE } from './testing';

const clusterWith = (nodes: readonly NodeView[], given: Partial<ClusterView> = {}): ClusterView => ({
  id: 'c',
  name: 'shop',
  state: 'running',
  generation: 1,
  vip: '10.77.255.1',
  endpoint: 'http://127.0.0.1:1',
  workload: 'web',
  stateful: false,
  requirements: { nodes: 2, shape: SHAPE, spread: 'host', spares: 0 },
  nodes: [...nodes],
  load: null,
  activeOperation: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...given,
});

describe('the holder of the VIP', () => {
  it('is who says so', () => {
    const cluster = clusterWith([nodeWith('shop-1'), nodeWith('shop-2', { vipHolder: true })]);
    expect(vipHolderText(vipHolderOf(cluster))).toBe('held by shop-2');
  });

  it('is told twice when two say so', () => {
    const cluster = clusterWith([nodeWith('shop-1', { vipHolder: true }), nodeWith('shop-2', { vipHolder: true })]);
    expect(vipHolderText(vipHolderOf(cluster))).toBe('held by shop-1 and shop-2');
  });

  it('is not known while a node does not say and no other says yes', () => {
    const cluster = clusterWith([nodeWith('shop-1'), nodeWith('shop-2', { vipHolder: null })]);
    expect(vipHolderText(vipHolderOf(cluster))).toBe('holder not known');
  });

  it('is nobody when all say no', () => {
    expect(vipHolderText(vipHolderOf(clusterWith([nodeWith('shop-1')])))).toBe('held by no node');
  });
});

describe('the count of nodes', () => {
  it('leaves out spares and nodes that do not serve yet', () => {
    const nodes = [
      nodeWith('a'),
      nodeWith('b', { state: 'joining' }),
      nodeWith('c', { role: 'spare', state: 'spare' }),
    ];
    expect(nodesText(clusterWith(nodes))).toBe('1 of 2');
  });
});

describe('a change', () => {
  it('is possible when the cluster runs and nothing is under way', () => {
    expect(whyNotChangeable(clusterWith([]))).toBeNull();
    expect(whyNotChangeable(clusterWith([], { state: 'degraded' }))).toBeNull();
  });

  it('waits for what is under way, and for a cluster that is being made or deleted', () => {
    const activeOperation = { id: 'o', kind: 'change', state: 'running' };
    expect(whyNotChangeable(clusterWith([], { activeOperation }))).toContain('under way');
    expect(whyNotChangeable(clusterWith([], { state: 'deleting' }))).toContain('deleting');
  });
});

describe('a placement', () => {
  it('tells every new VM once, under its host', () => {
    const vm = (name: string, hostName: string): PlanView['creates'][number] => ({
      vmId: name,
      name,
      hostId: hostName,
      hostName,
      siteName: hostName.slice(0, -2),
      shape: SHAPE,
      role: 'node',
    });
    const placement = placementOf({ creates: [vm('a', 'paris-1'), vm('b', 'lyon-1'), vm('c', 'paris-1')] });
    expect(placement.map(({ host, site, vms }) => [host, site, vms.map(({ name }) => name)])).toEqual([
      ['lyon-1', 'lyon', ['b']],
      ['paris-1', 'paris', ['a', 'c']],
    ]);
  });
});
