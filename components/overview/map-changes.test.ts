import { describe, expect, it } from 'vitest';
import type { MapHost, MapVm } from '@/lib/domain/contract';
import { changesBetween, holdersOf } from './map-changes';

const shape = { vcpus: 8, memoryMiB: 6_144, diskGiB: 64 };

const vm = (name: string, change: Partial<MapVm> = {}): MapVm => ({
  id: `id-${name}`,
  name,
  cluster: 'shop',
  role: 'node',
  state: 'active',
  verdict: 'healthy',
  vip: false,
  vcpus: 1,
  memoryMiB: 256,
  ...change,
});

const host = (name: string, vms: readonly MapVm[]): MapHost => ({
  id: name,
  name,
  site: 'paris',
  state: 'up',
  capacity: shape,
  used: shape,
  vmCount: vms.length,
  vms: [...vms],
});

const texts = (before: readonly MapHost[], after: readonly MapHost[], holders = holdersOf(before)) =>
  changesBetween({ hosts: before, holders }, after).map(({ text }) => text);

describe('what happened on the map', () => {
  it('is nothing while nothing changed', () => {
    const hosts = [host('paris-1', [vm('shop-1', { vip: true })])];
    expect(texts(hosts, hosts)).toEqual([]);
  });

  it('tells a failover from the joining of the new node to the end of the old one', () => {
    const begun = [host('paris-1', [vm('shop-1', { vip: true })]), host('paris-2', [])];
    const joining = [begun[0], host('paris-2', [vm('shop-2', { state: 'joining' })])] as MapHost[];
    const moved = [
      host('paris-1', [vm('shop-1', { state: 'draining' })]),
      host('paris-2', [vm('shop-2', { vip: true })]),
    ];
    const ended = [host('paris-1', []), host('paris-2', [vm('shop-2', { vip: true })])];
    expect(texts(begun, joining)).toEqual(['shop-2 on paris-2 joins']);
    expect(texts(joining, moved)).toEqual([
      'shop: the VIP moves from shop-1 to shop-2',
      'shop-1 on paris-1 drains',
      'shop-2 on paris-2 takes traffic',
    ]);
    expect(texts(moved, ended)).toEqual(['shop-1 on paris-1 is gone, its room is free']);
  });

  it('tells of a VIP that nobody was known to hold for a moment', () => {
    const begun = [host('paris-1', [vm('shop-1', { vip: true }), vm('shop-2')])];
    const between = [host('paris-1', [vm('shop-1'), vm('shop-2')])];
    const after = [host('paris-1', [vm('shop-1'), vm('shop-2', { vip: true })])];
    expect(texts(begun, between)).toEqual([]);
    expect(texts(between, after, holdersOf(begun))).toEqual(['shop: the VIP moves from shop-1 to shop-2']);
  });
});
