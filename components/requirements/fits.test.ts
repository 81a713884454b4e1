import { describe, expect, it } from 'vitest';
import type { MapHost, PlanView } from '@/lib/domain/contract';
import { fitsOf } from './fits';

const host = (name: string, usedVcpus: number, change: Partial<MapHost> = {}): MapHost => ({
  id: `id-${name}`,
  name,
  site: 'paris',
  state: 'up',
  capacity: { vcpus: 8, memoryMiB: 6_144, diskGiB: 64 },
  used: { vcpus: usedVcpus, memoryMiB: usedVcpus * 256, diskGiB: usedVcpus * 4 },
  vmCount: usedVcpus,
  vms: [],
  ...change,
});
const shape = { vcpus: 2, memoryMiB: 512, diskGiB: 4 };
const planned = (name: string, on: string) => ({
  vmId: name,
  name,
  hostId: `id-${on}`,
  hostName: on,
  siteName: 'paris',
  shape,
  role: 'node' as const,
});

describe('what fits where', () => {
  it('counts by what is scarcest, and nothing on a host that takes no VMs', () => {
    const hosts = [
      host('a', 3),
      host('b', 0, { state: 'maintenance' }),
      host('c', 0, { used: { vcpus: 0, memoryMiB: 5_900, diskGiB: 0 } }),
    ];
    expect(fitsOf(hosts, shape, null).map((fit) => [fit.host.name, fit.room])).toEqual([
      ['a', 2],
      ['b', 0],
      ['c', 0],
    ]);
  });

  it('has the hosts of the plan first, with what comes and goes', () => {
    const plan = { creates: [planned('shop-3', 'b')], removes: [planned('shop-1', 'c')] } as unknown as PlanView;
    const fits = fitsOf([host('a', 0), host('b', 7), host('c', 7)], shape, plan);
    expect(fits.map(({ host: { name }, comes, goes }) => [name, comes, goes])).toEqual([
      ['b', ['shop-3'], []],
      ['c', [], ['shop-1']],
      ['a', [], []],
    ]);
    expect(fits[0]?.planned).toEqual(shape);
  });
});
