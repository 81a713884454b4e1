import type { HostSpec } from '@/lib/sim/lab';
import { HypervisorError } from '../../types';

/** The address of the clients' namespace; VMs and VIPs are in the same prefix, see `allocate`. */
export const CLIENTS_ADDRESS = '10.77.254.1/16';

/** The bridge of a host's namespace, which its VMs' taps are ports of. */
export const HOST_BRIDGE = 'br0';
const UPLINK = 'up0';
const CORE = 'core';
/** Takes in what a cut loses: a cable whose other end nobody listens at. */
export const HOLE = 'hole';
const HOLE_END = 'hole-end';

export interface Layout {
  readonly namespaces: readonly NamespaceLayout[];
  readonly hosts: readonly HostSpec[];
}

export interface NamespaceLayout {
  /** A host's id, `switch` or `clients`. */
  readonly place: string;
  readonly devices: readonly Device[];
  readonly addresses: readonly { readonly device: string; readonly address: string }[];
  /** Path below /proc/sys and value. One that a kernel lacks is skipped. */
  readonly sysctls: readonly (readonly [string, string])[];
}

export type Device =
  | { readonly kind: 'bridge' | 'loopback'; readonly name: string }
  | {
      readonly kind: 'cable';
      readonly name: string;
      readonly master: string | null;
      readonly peer: { readonly place: string; readonly name: string };
      /** Whether this end, always one in the switch, makes the cable; the other finds it made. */
      readonly makes: boolean;
    };

/** Nothing in the lab speaks IPv6, and frames must not pass the machine's packet filter rules. */
const QUIET: NamespaceLayout['sysctls'] = [
  ['net/ipv6/conf/all/disable_ipv6', '1'],
  ['net/ipv6/conf/default/disable_ipv6', '1'],
  ['net/bridge/bridge-nf-call-iptables', '0'],
  ['net/bridge/bridge-nf-call-arptables', '0'],
];

const CLIENTS: NamespaceLayout['sysctls'] = [
  ...QUIET,
  // An open-loop load of short connections needs many local ports, and has them back soon.
  ['net/ipv4/ip_local_port_range', '1024 65535'],
  ['net/ipv4/tcp_tw_reuse', '1'],
  // A VIP may move twice within a second: the neighbour table follows each time.
  ['net/ipv4/neigh/default/locktime', '0'],
  ['net/ipv4/conf/all/rp_filter', '0'],
];

const LOOPBACK: Device = { kind: 'loopback', name: 'lo' };

/**
 * One flat layer 2 network as a tree: every host has a bridge, whose uplink is a port of its site's bridge in the
 * switch; the sites' bridges and the clients are ports of the core. Throws `failed` on hosts that cannot be told apart.
 */
export const layoutOf = (hosts: readonly HostSpec[]): Layout => {
  const names = hosts.map((host) => host.name);
  if (new Set([...names, 'switch', 'clients']).size !== hosts.length + 2) {
    throw new HypervisorError('failed', 'Host names must be unique, and neither "switch" nor "clients".');
  }
  const sites = [...new Set(hosts.map((host) => host.site))];
  const cable = (name: string, master: string | null, place: string, peer: string, makes: boolean): Device => ({
    kind: 'cable',
    name,
    master,
    peer: { place, name: peer },
    makes,
  });
  const switchDevices: readonly Device[] = [
    LOOPBACK,
    { kind: 'bridge', name: CORE },
    cable(HOLE, null, 'switch', HOLE_END, true),
    cable(HOLE_END, null, 'switch', HOLE, false),
    ...sites.flatMap((_, i): readonly Device[] => [
      { kind: 'bridge', name: siteBridge(i) },
      cable(sitePort(i), CORE, 'switch', siteUplink(i), true),
      cable(siteUplink(i), siteBridge(i), 'switch', sitePort(i), false),
    ]),
    ...hosts.map((host, i) => cable(hostPort(i), siteBridge(sites.indexOf(host.site)), host.name, UPLINK, true)),
    cable('clients', CORE, 'clients', 'eth0', true),
  ];
  return {
    hosts,
    namespaces: [
      { place: 'switch', devices: switchDevices, addresses: [], sysctls: QUIET },
      ...hosts.map((host, i) => ({
        place: host.name,
        devices: [
          LOOPBACK,
          { kind: 'bridge', name: HOST_BRIDGE } as const,
          cable(UPLINK, HOST_BRIDGE, 'switch', hostPort(i), false),
        ],
        addresses: [],
        sysctls: QUIET,
      })),
      {
        place: 'clients',
        devices: [LOOPBACK, cable('eth0', null, 'switch', 'clients', false)],
        addresses: [{ device: 'eth0', address: CLIENTS_ADDRESS }],
        sysctls: CLIENTS,
      },
    ],
  };
};

const siteBridge = (index: number): string => `site${index}`;
const sitePort = (index: number): string => `s${index}`;
const siteUplink = (index: number): string => `u${index}`;
const hostPort = (index: number): string => `h${index}`;

/** The switch's port of a host. Throws `not_found`. */
export const hostPortOf = (layout: Layout, hostId: string): string => {
  const index = layout.hosts.findIndex((host) => host.name === hostId);
  if (index < 0) throw new HypervisorError('not_found', `The lab has no host ${hostId}.`);
  return hostPort(index);
};

/** The core's port of a site. Throws `not_found`. */
export const sitePortOf = (layout: Layout, site: string): string => {
  const index = [...new Set(layout.hosts.map((host) => host.site))].indexOf(site);
  if (index < 0) throw new HypervisorError('not_found', `The lab has no site ${site}.`);
  return sitePort(index);
};
