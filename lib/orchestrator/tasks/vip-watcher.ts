import type { Cluster, Node, Vm } from '@/lib/db/generated/client';
import { alarmSubject } from '@/lib/domain/alarm';
import { planOneHolder, type VipClaim } from '@/lib/domain/health';
import { isWorking } from '@/lib/steps/working';
import { ensureAlarm, ensureNoAlarm, loadOpenAlarms, type OpenAlarms } from '@/lib/usecases/alarms/raise';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import { fenceLostVm } from '../health/fence-vm';
import type { Task } from '../task';

const ASK_DEADLINE_MS = 3_000;
const YIELD_DEADLINE_MS = 10_000;
/** While the VIP moves two may seem to have it: what still is so after this is no move. */
const CONFIRM_MS = 1_000;
const CLUSTERS_AT_ONCE = 8;

type Watched = Cluster & { readonly nodes: readonly (Node & { readonly vm: Vm })[] };

/**
 * Sees to it that one member at most has each VIP, by what members say of themselves and by who answers on the wire.
 * Where two have it, one that clients are served by keeps it and the others give it up, or are fenced.
 */
export const vipWatcher = (context: OrchestratorContext): Task => ({
  name: 'vip-watcher',
  periodMs: 2_000,
  deadlineMs: 60_000,
  run: async (signal) => {
    const clusters = await context.db.cluster.findMany({
      where: { state: { in: ['running', 'degraded'] } },
      include: {
        nodes: {
          where: { installedAt: { not: null }, state: { in: ['joining', 'active', 'draining'] } },
          include: { vm: true },
        },
      },
    });
    const open = await loadOpenAlarms(context.db);
    await forEachBounded(clusters, CLUSTERS_AT_ONCE, async (cluster) => {
      if (signal.aborted) return;
      await watch(context, cluster, open).catch((error: unknown) =>
        context.say('VIP not looked at', { cluster: cluster.name, error: String(error) }),
      );
    });
  },
});

const watch = async (context: OrchestratorContext, cluster: Watched, open: OpenAlarms): Promise<void> => {
  const subject = alarmSubject('cluster', cluster.id);
  if (!(await mayBeDoubled(context, cluster)) || planOneHolder(await claimsOf(context, cluster)) === null) {
    if (open.has('two-vip-holders', subject))
      await ensureNoAlarm(context.db, context.clock.now(), 'two-vip-holders', subject, 'One member has the VIP again.');
    return;
  }
  await context.clock.sleep(CONFIRM_MS);
  const plan = planOneHolder(await claimsOf(context, cluster));
  if (plan === null) return;
  const names = [plan.keeps, ...plan.gives].map(({ name }) => name);
  await ensureAlarm(context.db, context.clock.now(), {
    kind: 'two-vip-holders',
    subject,
    name: cluster.name,
    clusterId: cluster.id,
    message: `${names.join(' and ')} have the VIP ${cluster.vip}. ${plan.keeps.name} keeps it, the others are made to give it up.`,
  });
  for (const claim of plan.gives) await takeAway(context, cluster, claim, plan.keeps.works);
};

/** What is known without a question to a guest: good enough to see that all is well. */
const mayBeDoubled = async (context: OrchestratorContext, cluster: Watched): Promise<boolean> => {
  const claiming = cluster.nodes.filter((node) => node.holdsVip === true).map((node) => node.vm.mac);
  return new Set([...claiming, ...((await askWire(context, cluster)) ?? [])]).size > 1;
};

const askWire = (context: OrchestratorContext, cluster: Watched): Promise<readonly string[] | null> =>
  within(context, ASK_DEADLINE_MS, 'the wire', context.traffic.vipHolders(cluster.vip)).catch(() => null);

/** What every member says now, and who answers on the wire; a VM that is no member any more may be among those. */
const claimsOf = async (context: OrchestratorContext, cluster: Watched): Promise<readonly VipClaim[]> => {
  const [wire, statuses] = await Promise.all([
    askWire(context, cluster).then((macs) => macs ?? []),
    Promise.all(
      cluster.nodes.map(({ vmId, vm }) =>
        within(context, ASK_DEADLINE_MS, `${vm.name}'s status`, context.clustering.status(vmId)).catch(() => null),
      ),
    ),
  ]);
  const members = cluster.nodes.map((node, i): VipClaim => {
    const status = statuses[i] ?? null;
    return {
      vmId: node.vmId,
      name: node.vm.name,
      priority: node.priority,
      claims: status?.holdsVip === true,
      onWire: wire.includes(node.vm.mac),
      works: status !== null && isWorking(node, status),
    };
  });
  const others = wire.filter((mac) => cluster.nodes.every(({ vm }) => vm.mac !== mac));
  const strangers = await context.db.vm.findMany({ where: { mac: { in: others } }, orderBy: { createdAt: 'desc' } });
  return [
    ...members,
    ...others.map((mac): VipClaim => {
      const vm = strangers.find((known) => known.mac === mac);
      return { vmId: vm?.id ?? mac, name: vm?.name ?? mac, priority: 0, claims: false, onWire: true, works: false };
    }),
  ];
};

/** One that does not do as it is told is fenced, if another serves meanwhile. */
const takeAway = async (
  context: OrchestratorContext,
  cluster: Watched,
  { vmId, name }: VipClaim,
  anotherServes: boolean,
): Promise<void> => {
  try {
    await within(context, YIELD_DEADLINE_MS, `${name} giving the VIP up`, context.clustering.yieldVip(vmId));
    context.say('one of two VIP holders gave it up', { cluster: cluster.name, node: name });
  } catch (error) {
    context.say('a VIP holder does not give it up', { cluster: cluster.name, node: name, error: String(error) });
    if (anotherServes) await fenceLostVm(context, { vmId, name, clusterId: cluster.id }, 'system vip-watcher');
  }
};
