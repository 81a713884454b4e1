import { createGuestClustering } from '@/lib/clustering/guest';
import { GUEST, processesPath } from '@/lib/clustering/guest/paths';
import { renderVrrp } from '@/lib/clustering/guest/render-keepalived';
import { getMember } from '@/lib/clustering/guest/view';
import type { Clustering, ClusterMember, ClusterView, NodeStatus } from '@/lib/clustering/types';
import type { Rehearsal } from '@/lib/hypervisors/types';
import { freePort } from '@/lib/setup/free-port';
import { createLabTraffic, type LabTraffic } from '@/lib/traffic/lab';
import { web } from '@/lib/workloads';
import { untilInterrupted } from './interruption';
import { type LabDriver, specOf, withLabDriver } from './lab-driver';
import { until } from './until';

const START_DEADLINE_MS = 180_000;
const WELL_DEADLINE_MS = 60_000;
const ROUTER_ID = 77;
export const CLUSTER = 'pair';
export const VIP = '10.77.255.1';

/** How keepalived stands for the VIP: as Headroom has it, or with nothing set that has a default. */
export type Vrrp = 'headroom' | 'defaults';

/** The least that keepalived needs: advert interval 1 s and priority 100, as it has them by itself. */
const renderDefaults = (): string => `vrrp_instance vip {
  interface eth0
  virtual_router_id ${ROUTER_ID}
  virtual_ipaddress {
    ${VIP}/32 dev eth0
  }
}
`;

/** Two members on two hosts that serve one VIP, without an orchestrator: what happens is the guests' own doing. */
export interface Pair {
  readonly traffic: LabTraffic;
  readonly clustering: Clustering;
  /** VM ids of both, in the order in which they joined. */
  members(): readonly string[];
  /** Id of a member's host. */
  hostOf(vmId: string): string;
  /** Both members work, one of them holds the VIP, and clients are answered; resolves with the holder's VM id. */
  untilWell(): Promise<string>;
  /** Has keepalived start anew by such a configuration on both, or on the one that is left of them. */
  use(vrrp: Vrrp, dead?: string): Promise<void>;
  /** Removes a member that is dead, and has a new VM join in its place, on its host. */
  replace(vmId: string): Promise<void>;
  /** How often keepalived has taken the VIP so far, by the logs of both. */
  takeOvers(): Promise<number>;
}

/** What keepalived writes when it takes the VIP. */
const TAKES = 'Entering MASTER STATE';

/** Makes a pair in the lab of a driver, works with it, and ends its traffic. Its VMs go with the driver's lab. */
const withPair = async <T>(driver: LabDriver, work: (pair: Pair) => Promise<T>): Promise<T> => {
  const { hypervisor, home, lab } = driver;
  const traffic = createLabTraffic({ home, enterClients: () => lab.enter('clients') });
  const clustering = createGuestClustering(hypervisor, traffic);
  const hosts = [lab.hosts()[0]?.name ?? '', lab.hosts().at(-1)?.name ?? ''] as const;
  const hostOf = new Map<string, string>();
  let members: readonly ClusterMember[] = [];
  let made = 0;

  const getHost = (vmId: string): string => {
    const host = hostOf.get(vmId);
    if (host === undefined) throw new Error(`${vmId} is no member`);
    return host;
  };

  const viewOf = (): ClusterView => ({
    clusterId: CLUSTER,
    clusterName: CLUSTER,
    vip: VIP,
    virtualRouterId: ROUTER_ID,
    workload: web,
    members,
  });

  const addMember = async (host: string): Promise<void> => {
    made += 1;
    const spec = specOf(driver, made, host);
    await hypervisor.createVm(spec);
    await hypervisor.startVm(spec.id, { deadlineMs: START_DEADLINE_MS });
    hostOf.set(spec.id, host);
    const self = { vmId: spec.id, name: spec.name, address: spec.nic.address };
    members = [...members, { ...self, weight: 1, priority: 100 + made, runsApplication: true, draining: false }];
  };

  /** Those who serve hear of a joiner first, and it stands for the VIP last, as in a plan. */
  const form = async (): Promise<void> => {
    const [first, second] = members;
    if (first === undefined || second === undefined) throw new Error('a pair has two members');
    await clustering.ensureInstalled(first.vmId, { ...viewOf(), members: [first, { ...second, weight: 0 }] });
    await clustering.ensureInstalled(second.vmId, { ...viewOf(), members: [first, { ...second, weight: 0 }] });
    await Promise.all(members.map(({ vmId }) => clustering.ensureConfigured(vmId, viewOf())));
  };

  const isWell = (status: NodeStatus): boolean => status.application === 'up' && status.proxy === 'up';

  const untilWell = (): Promise<string> =>
    until('both members work and one holds the VIP', WELL_DEADLINE_MS, async () => {
      const statuses = await Promise.all(members.map(({ vmId }) => clustering.status(vmId).catch(() => null)));
      const macs = await traffic.vipHolders(VIP);
      const holders = members.filter((_, i) => statuses[i]?.holdsVip === true);
      const isUp = statuses.every((status) => status !== null && isWell(status));
      if (!isUp || holders.length !== 1 || macs.length !== 1) return null;
      return (await traffic.probeOnce(CLUSTER, { timeoutMs: 1_000 })).ok ? (holders[0]?.vmId ?? null) : null;
    });

  const use = async (vrrp: Vrrp, dead?: string): Promise<void> => {
    const view = viewOf();
    const alive = members.filter(({ vmId }) => vmId !== dead);
    await Promise.all(
      alive.map(async ({ vmId }) => {
        const config = vrrp === 'headroom' ? renderVrrp(view, getMember(view, vmId)) : renderDefaults();
        const guest = hypervisor.guest(vmId);
        await guest.writeFile(GUEST.vrrpConfig, config);
        // systemd starts it again; its first process is the one that a signal ends in order.
        const { exitCode, stderr } = await guest.run(
          `read -r main < ${processesPath('vrrp')} && kill -TERM "$main" && echo 0 > ${GUEST.vrrpYield}`,
        );
        if (exitCode !== 0) throw new Error(`keepalived of ${vmId}: ${stderr}`);
      }),
    );
  };

  const pair: Pair = {
    traffic,
    clustering,
    members: () => members.map(({ vmId }) => vmId),
    hostOf: getHost,
    untilWell,
    use,
    replace: async (vmId) => {
      const host = getHost(vmId);
      await hypervisor.destroyVm(vmId);
      members = members.filter((member) => member.vmId !== vmId);
      await addMember(host);
      await form();
    },
    takeOvers: async () => {
      const counts = await Promise.all(
        members.map(async ({ vmId }) => {
          const { stdout } = await hypervisor
            .guest(vmId)
            .exec('/usr/bin/journalctl', ['--no-pager', '--output=cat', '--unit=headroom-vrrp'], { timeoutMs: 60_000 });
          return stdout.split(TAKES).length - 1;
        }),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };

  try {
    return await untilInterrupted(async () => {
      await traffic.start();
      for (const host of hosts) await addMember(host);
      await form();
      await traffic.ensurePublished({
        clusterId: CLUSTER,
        vip: VIP,
        servicePort: web.servicePort,
        probePath: web.probePath,
        gatewayPort: await freePort(),
      });
      await untilWell();
      return work(pair);
    });
  } finally {
    await traffic.tearDown();
  }
};

/** A pair, and what hurts it. */
export interface Ground {
  readonly driver: LabDriver;
  readonly rehearsal: Rehearsal;
  readonly pair: Pair;
}

/** Makes a pair in a lab of its own that can be hurt, works with it, and removes everything. */
export const withPairToHurt = <T>(work: (ground: Ground) => Promise<T>): Promise<T> =>
  withLabDriver((driver) =>
    withPair(driver, (pair) => {
      const { rehearsal } = driver.hypervisor;
      if (rehearsal === null) throw new Error('this hypervisor hurts nothing');
      return work({ driver, rehearsal, pair });
    }),
  );
