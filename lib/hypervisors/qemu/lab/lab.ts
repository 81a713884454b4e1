import path from 'node:path';
import { DEFAULT_LAB, type HostSpec } from '@/lib/sim/lab';
import { HypervisorError } from '../../types';
import { withFileLock } from '../file-lock';
import { HOLE, HOST_BRIDGE, hostPortOf, layoutOf, type NamespaceLayout, sitePortOf } from './layout';
import { instanceIdOf, tapNameOf } from './names';
import { type ObservedDevice, planNamespace } from './plan';
import { enterNamespace, type Prefix, processesIn, type Realm, runIn, runInOrThrow } from './realm';
import { createRootRealm } from './root-realm';
import { createUserRealm } from './user-realm';
import { VM_USER } from './vm-user';

export type Place = { readonly host: string } | 'clients' | 'switch';

/** What of a host's or site's traffic with others gets through. */
export interface Traffic {
  readonly incoming: boolean;
  readonly outgoing: boolean;
}

/** The network of the embedded lab. VMs outlive this process, and so does the network that they are in. */
export interface Lab {
  /** `hr3fa2c1`: begins the names of this lab's namespaces. */
  readonly id: string;
  hosts(): readonly HostSpec[];
  /** Makes what is missing and leaves alone what is there. */
  ensure(): Promise<void>;
  /** Ends every process in the lab's network and removes all of it. Fine when there is none. */
  tearDown(): Promise<void>;
  /** A network device for a VM, on its host's bridge. It belongs to the user that runs VMs. */
  ensureTap(hostId: string, vmId: string): Promise<{ readonly device: string }>;
  /** Fine when it is gone. */
  removeTap(hostId: string, vmId: string): Promise<void>;
  /** The VMs' taps on a host, by device name. */
  listTaps(hostId: string): Promise<readonly string[]>;
  /** What to put before a program and its arguments to run it in there. The lab must be there. */
  enter(place: Place): Prefix;
  /** Cuts a host from the others, wholly or in one direction, and heals it. VMs on one host still reach each other. */
  setHostTraffic(hostId: string, traffic: Traffic): Promise<void>;
  /** Cuts a site from the other sites and the clients, wholly or in one direction, and heals it. */
  setSiteTraffic(site: string, traffic: Traffic): Promise<void>;
}

export interface LabOptions {
  /** The state directory. */
  readonly home: string;
  readonly hosts?: readonly HostSpec[];
}

const LOCK_WAIT_MS = 30_000;

export const createLab = (options: LabOptions): Lab => {
  const directory = path.join(options.home, 'lab', 'network');
  const id = instanceIdOf(options.home);
  const layout = layoutOf(options.hosts ?? DEFAULT_LAB);
  const realm: Realm = process.getuid?.() === 0 ? createRootRealm() : createUserRealm(directory);
  const tapOwner = realm.ownUserId ?? VM_USER.uid;
  const nameOf = (place: string): string => `${id}-${place}`;
  const within = (place: string): Prefix => enterNamespace(realm, nameOf(place));
  const all = layout.namespaces.map(({ place }) => nameOf(place));
  const locked = <T>(work: () => Promise<T>): Promise<T> =>
    withFileLock(path.join(directory, 'lock'), { waitMs: LOCK_WAIT_MS }, work);

  const getHost = (hostId: string): string => {
    hostPortOf(layout, hostId);
    return hostId;
  };

  const ensureNamespace = async (namespace: NamespaceLayout): Promise<void> => {
    const { stdout } = await runInOrThrow(within(namespace.place), ['ip', '-json', 'address', 'show']);
    const observed = JSON.parse(stdout) as readonly ObservedDevice[];
    const lines = planNamespace(namespace, observed, (place) => realm.fileOf(nameOf(place)));
    if (lines.length === 0) return;
    await runInOrThrow(within(namespace.place), ['sh', '-euc', SETUP, 'sh', ...sysctlWords(namespace)], text(lines));
  };

  /** What a host or site sends comes in at its port of the switch. */
  const setTraffic = async (port: string, traffic: Traffic): Promise<void> => {
    const cuts = [...(traffic.outgoing ? [] : ['ingress']), ...(traffic.incoming ? [] : ['egress'])];
    const drop = `protocol all prio 1 u32 match u32 0 0 action mirred egress redirect dev ${HOLE}`;
    await runIn(within('switch'), ['tc', 'qdisc', 'delete', 'dev', port, 'clsact']);
    if (cuts.length === 0) return;
    const lines = [`qdisc add dev ${port} clsact`, ...cuts.map((way) => `filter add dev ${port} ${way} ${drop}`)];
    await runInOrThrow(within('switch'), ['tc', '-batch', '-'], text(lines));
  };

  return {
    id,
    hosts: () => layout.hosts,
    ensure: () =>
      locked(async () => {
        await realm.ensure();
        const existing = new Set(await realm.listNamespaces());
        await realm.addNamespaces(all.filter((name) => !existing.has(name)));
        const [first, ...others] = layout.namespaces;
        if (first !== undefined) await ensureNamespace(first);
        await Promise.all(others.map(ensureNamespace));
      }),
    tearDown: () =>
      locked(async () => {
        const existing = (await realm.listNamespaces()).filter((name) => name.startsWith(`${id}-`));
        await endProcesses(realm, existing);
        await realm.remove(existing);
      }),

    ensureTap: async (hostId, vmId) => {
      const device = tapNameOf(vmId);
      const place = within(getHost(hostId));
      const plug = `link set ${device} master ${HOST_BRIDGE} up`;
      const add = `tuntap add dev ${device} mode tap vnet_hdr user ${tapOwner}`;
      const { code } = await runIn(place, ['ip', '-batch', '-'], text([add, plug]));
      // The device is there and in use: the kernel refuses to add it again.
      if (code !== 0) await runInOrThrow(place, ['ip', '-batch', '-'], text([plug]));
      return { device };
    },
    removeTap: async (hostId, vmId) => {
      const { code, stderr } = await runIn(within(getHost(hostId)), ['ip', 'link', 'delete', tapNameOf(vmId)]);
      if (code !== 0 && !/Cannot find device|Cannot open network namespace|No such file/.test(stderr)) {
        throw new HypervisorError('failed', `The tap of ${vmId} cannot be removed: ${stderr.trim()}`);
      }
    },
    listTaps: async (hostId) => {
      const { stdout } = await runInOrThrow(within(getHost(hostId)), ['ip', '-json', 'link', 'show']);
      const devices = JSON.parse(stdout) as readonly ObservedDevice[];
      return devices.map((device) => device.ifname).filter((name) => name.startsWith('tap'));
    },
    enter: (place) => within(typeof place === 'string' ? place : getHost(place.host)),

    setHostTraffic: (hostId, traffic) => setTraffic(hostPortOf(layout, hostId), traffic),
    setSiteTraffic: (site, traffic) => setTraffic(sitePortOf(layout, site), traffic),
  };
};

/** Arguments: path and value in turn. Standard input: lines for ip(8). Settings come first, so that devices have them. */
const SETUP = `while [ $# -gt 1 ]; do
  if [ -e "/proc/sys/$1" ]; then echo "$2" > "/proc/sys/$1"; fi
  shift 2
done
exec ip -batch -`;

const sysctlWords = (namespace: NamespaceLayout): readonly string[] => namespace.sysctls.flat();

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Ends what runs in these namespaces; resolves when the kernel says that nothing is left. */
const endProcesses = async (realm: Realm, namespaces: readonly string[]): Promise<void> => {
  for (let round = 0; round < 100; round++) {
    const pids = await processesIn(realm, namespaces);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone meanwhile.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new HypervisorError('failed', 'Processes in the lab’s network do not end.');
};
