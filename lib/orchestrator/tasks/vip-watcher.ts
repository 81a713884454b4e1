import type { Cluster, Node, Vm } from '@/lib/db/generated/client';
import { alarmSubject } from '@/lib/domain/alarm';
import { planGivingWay, planOneHolder, type VipClaim } from '@/lib/domain/health';
import { isWorking } from '@/lib/steps/working';
import { ensureAlarm, ensureNoAlarm, loadOpenAlarms, type OpenAlarms } from '@/lib/usecases/alarms/raise';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import { fenceLostVm } from '../health/fence-vm';
import type { Task } from '../task';

const ASK_DEADLINE_MS = 3_000;
const YIELD_DEADLINE_MS = 10_000;
/** While the VIP moves two may seem to have it: what still is so after this is no move. */
const CONFIRM_MS = 1_000;
/** Clients that had no answer for so long do not just wait for a hand-over. */
const UNANSWERED_MS = 3_000;
const CLUSTERS_AT_ONCE = 8;

type Watched = Cluster & { readonly nodes: readonly (Node & { readonly vm: Vm })[] };

/**
 * Sees to it that one member at most has each VIP, by what members say of themselves and by who answers on the wire.
 * Where two have it, one that clients are served by keeps it and the others give it up, or are fenced. One that no
 * client reaches gives it to another.
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
          orderBy: { joinedAt: 'asc' },
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
  const wire = await askWire(context, cluster);
  if (wire?.length === 0 && cluster.nodes.length > 1) await giveWay(context, cluster);
  if (wire?.length === 1 && open.has('holder-unreached', subject))
    await ensureNoAlarm(context.db, context.clock.now(), 'holder-unreached', subject, 'Clients reach a holder again.');
  if (!mayBeDoubled(cluster, wire) || planOneHolder(await claimsOf(context, cluster)) === null) {
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
const mayBeDoubled = (cluster: Watched, wire: readonly string[] | null): boolean => {
  const claiming = cluster.nodes.filter((node) => node.holdsVip === true).map((node) => node.vm.mac);
  return new Set([...claiming, ...(wire ?? [])]).size > 1;
};

/** Whether clients have had no answer for a while; false where that cannot be said. */
const isUnanswered = async (context: OrchestratorContext, cluster: Watched): Promise<boolean> => {
  const since = new Date(context.clock.now().getTime() - UNANSWERED_MS);
  const asked = context.traffic.answeredSince(cluster.id, since);
  const answers = await within(context, ASK_DEADLINE_MS, 'the prober', asked).catch(() => null);
  return answers?.size === 0;
};

/** A holder that no client reaches, as where its host gets no packets any more, gives the VIP to one that may be reached. */
const giveWay = async (context: OrchestratorContext, cluster: Watched): Promise<void> => {
  if (!(await isUnanswered(context, cluster))) return;
  if (planGivingWay(await claimsOf(context, cluster)) === null) return;
  await context.clock.sleep(CONFIRM_MS);
  const holder = planGivingWay(await claimsOf(context, cluster));
  if (holder === null || !(await isUnanswered(context, cluster))) return;
  context.say('a VIP holder that no client reaches gives way', { cluster: cluster.name, node: holder.name });
  await ensureAlarm(context.db, context.clock.now(), {
    kind: 'holder-unreached',
    subject: alarmSubject('cluster', cluster.id),
    name: cluster.name,
    clusterId: cluster.id,
    message: `${holder.name} has the VIP ${cluster.vip}, and no client reaches it. It is made to give the VIP to another node.`,
  });
  await takeAway(context, cluster, holder, false);
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
      stands: status?.vrrp === 'backup' || status?.vrrp === 'master',
    };
  });
  const others = wire.filter((mac) => cluster.nodes.every(({ vm }) => vm.mac !== mac));
  const strangers = await context.db.vm.findMany({ where: { mac: { in: others } }, orderBy: { createdAt: 'desc' } });
  return [
    ...members,
    ...others.map((mac): VipClaim => {
      const vm = strangers.find((known) => known.mac === mac);
      return {
        vmId: vm?.id ?? mac,
        name: vm?.name ?? mac,
        priority: 0,
        claims: false,
        onWire: true,
        works: false,
        stands: false,
      };
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
