import { describe, expect, it } from 'vitest';
import { DEFAULT_LAB } from '@/lib/sim/lab';
import { layoutOf, type NamespaceLayout } from './layout';
import { instanceIdOf, tapNameOf } from './names';
import { type ObservedDevice, planNamespace } from './plan';

const layout = layoutOf(DEFAULT_LAB);

const namespace = (place: string): NamespaceLayout => {
  const found = layout.namespaces.find((n) => n.place === place);
  if (found === undefined) throw new Error(place);
  return found;
};

const plan = (place: string, observed: readonly ObservedDevice[]) =>
  planNamespace(namespace(place), observed, (other) => `/ns/${other}`);

/** What ip(8) would tell of a namespace in which everything is as laid out. */
const complete = (place: string): readonly ObservedDevice[] =>
  namespace(place).devices.map((device) => ({
    ifname: device.name,
    flags: ['UP'],
    master: device.kind === 'cable' ? (device.master ?? undefined) : undefined,
    addr_info: namespace(place)
      .addresses.filter((a) => a.device === device.name)
      .map(({ address }) => ({ local: address.split('/')[0], prefixlen: Number(address.split('/')[1]) })),
  }));

describe('plan of a lab network', () => {
  it('changes nothing where everything is there', () => {
    for (const { place } of layout.namespaces) expect(plan(place, complete(place))).toEqual([]);
  });

  it('makes each cable once, from the switch, with its other end in its place', () => {
    const lines = layout.namespaces.flatMap(({ place }) => plan(place, []));
    const cables = lines.filter((line) => line.includes('type veth'));
    expect(new Set(cables).size).toBe(cables.length);
    expect(cables).toContain('link add h2 type veth peer name up0 netns /ns/lyon-1');
    expect(plan('lyon-1', []).filter((line) => line.includes('type veth'))).toEqual([]);
  });

  it('leaves a cable that was cut as it is, and plugs one that is not in its bridge', () => {
    const cut = complete('switch').map((d) => (d.ifname === 's1' ? { ...d, flags: [] } : d));
    expect(plan('switch', cut)).toEqual([]);
    const loose = complete('paris-1').map((d) => (d.ifname === 'up0' ? { ...d, master: undefined } : d));
    expect(plan('paris-1', loose)).toEqual(['link set up0 master br0 up']);
  });

  it('gives the clients their address when it is missing', () => {
    const bare = complete('clients').map((d) => ({ ...d, addr_info: [] }));
    expect(plan('clients', bare)).toEqual(['address replace 10.77.254.1/16 dev eth0']);
  });

  it('refuses hosts that cannot be told apart', () => {
    const [host] = DEFAULT_LAB;
    if (host === undefined) throw new Error('The default lab is empty.');
    expect(() => layoutOf([host, host])).toThrow('unique');
    expect(() => layoutOf([{ ...host, name: 'switch' }])).toThrow('switch');
  });

  it('names taps within the 15 characters that a device may have, and labs by their state directory', () => {
    expect(tapNameOf('a-very-long-identifier-of-a-machine')).toHaveLength(15);
    expect(tapNameOf('vm-1')).not.toBe(tapNameOf('vm-2'));
    expect(instanceIdOf('/a/b')).toBe(instanceIdOf('/a/b/'));
    expect(instanceIdOf('/a/b')).not.toBe(instanceIdOf('/a/c'));
  });
});
