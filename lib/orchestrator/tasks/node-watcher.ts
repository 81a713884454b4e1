import type { NodeStatus } from '@/lib/clustering/types';
import type { NodeHealth, Prisma } from '@/lib/db/generated/client';
import { type Judgement, judge, type Verdict } from '@/lib/domain/health';
import { appendEvents, type EventDraft } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { ACTIVE } from '@/lib/usecases/operations/active';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import { fenceLostVm } from '../health/fence-vm';
import { type Gathered, gather, ProberView, type WatchedNode } from '../health/gather';
import { isNoted, noteVerdict } from '../health/note';
import { Pace } from '../health/pace';
import type { Task } from '../task';

const STATUS_DEADLINE_MS = 3_000;
const NODES_AT_ONCE = 16;
const HISTORY_MS = 30 * 86_400_000;
const REMOVE_EVERY_MS = 3_600_000;

type Watched = WatchedNode & { readonly health: NodeHealth | null };

const MEMBER_STATES = ['joining', 'active', 'draining'] as const;

/**
 * Hears every witness about every node, judges how it stands, and keeps the verdict with its evidence. A node that is
 * lost has failed once it is certain that it no longer acts: its process is gone, or it was fenced. `onFailed` hears of it.
 */
export const nodeWatcher = (context: OrchestratorContext, onFailed: () => void): Task => {
  const pace = new Pace(context);
  let removedAtMs = 0;
  const removeOld = async (): Promise<void> => {
    const nowMs = context.clock.now().getTime();
    if (nowMs - removedAtMs < REMOVE_EVERY_MS) return;
    removedAtMs = nowMs;
    await context.db.healthChange.deleteMany({ where: { at: { lt: new Date(nowMs - HISTORY_MS) } } });
  };
  return {
    name: 'node-watcher',
    // Each look costs an emulated guest some 100 ms of its processor.
    periodMs: 2_000,
    deadlineMs: 60_000,
    run: async (signal) => {
      const nodes: readonly Watched[] = await context.db.node.findMany({
        where: { installedAt: { not: null }, state: { in: [...MEMBER_STATES] } },
        include: { vm: true, health: true },
      });
      pace.keep(new Set(nodes.map((node) => node.vmId)));
      const prober = new ProberView(context);
      const events: EventDraft[] = [];
      const lookAt = async (node: Watched): Promise<boolean> => {
        const { isNews, hasFailed } = await watch(context, { node, members: nodes, prober, pace }).catch(
          (error: unknown) => {
            context.say('node not looked at', { node: node.vm.name, error: String(error) });
            return { isNews: false, hasFailed: false };
          },
        );
        if (isNews) events.push({ kind: 'node', clusterId: node.clusterId, payload: { vmId: node.vmId } });
        return hasFailed;
      };
      const lookAtAll = async (some: readonly Watched[]): Promise<void> => {
        let failures = 0;
        await forEachBounded(some, NODES_AT_ONCE, async (node) => {
          if (!signal.aborted && (await lookAt(node))) failures += 1;
        });
        if (failures > 0) onFailed();
      };
      // Those that are gone need no question: what replaces them does not wait for guests that answer late.
      const ended = await endedVms(context);
      await lookAtAll(nodes.filter((node) => ended.has(node.vmId)));
      await lookAtAll(
        nodes.filter((node) => !ended.has(node.vmId) && (pace.isDue(node.vmId) || isStillSilent(pace, node))),
      );
      await removeOld();
      if (events.length === 0) return;
      await context.db.$transaction((tx) => appendEvents(tx, events));
      await notifyEvents(context.db);
    },
  };
};

/** VMs without a process, by the hypervisor's word; none where it gives none in time. */
const endedVms = async (context: OrchestratorContext): Promise<ReadonlySet<string>> => {
  const listed = within(context, STATUS_DEADLINE_MS, 'the hypervisor', context.hypervisor.listVms());
  const vms = await listed.catch(() => []);
  return new Set(vms.filter(({ state }) => state === 'crashed' || state === 'stopped').map(({ id }) => id));
};

/** One whose answer is still to come, and that was seen by nobody before: that goes on, and the others may be asked. */
const isStillSilent = (pace: Pace, node: Watched): boolean =>
  pace.isWaiting(node.vmId) && node.health?.unseenSince != null;

interface Look {
  readonly node: Watched;
  readonly members: readonly Watched[];
  readonly prober: ProberView;
  readonly pace: Pace;
}

interface Seen {
  /** Something changed that people want to see at once. */
  readonly isNews: boolean;
  readonly hasFailed: boolean;
}

const watch = async (context: OrchestratorContext, { node, members, prober, pace }: Look): Promise<Seen> => {
  const ask = () => askNode(context, pace, node);
  const unseenSince = node.health?.unseenSince ?? null;
  const gathered = await gather(context, { node, members, prober, unseenSince, ask });
  const others = members.filter((other) => other.clusterId === node.clusterId && other.vmId !== node.vmId);
  const judgement = judge({
    witnesses: gathered.witnesses,
    runsApplication: node.runsApplication,
    unseenSince,
    othersWork: others.some((other) => other.healthy === true),
    isAlone: others.length === 0,
    now: context.clock.now(),
  });
  const endedAt = judgement.verdict === 'lost' ? await endLost(context, node, gathered) : null;
  const isNews = await write(context, node, { gathered, judgement, endedAt });
  return { isNews, hasFailed: isNews && endedAt !== null };
};

const askNode = async (context: OrchestratorContext, pace: Pace, node: Watched): Promise<NodeStatus | null> => {
  if (!pace.isDue(node.vmId)) return null;
  try {
    const asked = pace.ask(node.vmId, () => context.clustering.status(node.vmId));
    return await within(context, STATUS_DEADLINE_MS, `${node.vm.name}'s status`, asked);
  } catch {
    return null;
  }
};

/** When a lost node's VM ended, for certain; null while that is not known, or while an operation's steps decide. */
const endLost = async (context: OrchestratorContext, node: Watched, gathered: Gathered): Promise<Date | null> => {
  const busy = await context.db.operation.findFirst({
    where: { clusterId: node.clusterId, ...ACTIVE },
    select: { id: true },
  });
  if (busy !== null) return null;
  if (gathered.witnesses.process === 'ended') return gathered.endedAt ?? context.clock.now();
  const { vmId, clusterId, vm } = node;
  return (await fenceLostVm(context, { vmId, clusterId, name: vm.name }, 'system node-watcher'))?.at ?? null;
};

interface Outcome {
  readonly gathered: Gathered;
  readonly judgement: Judgement;
  /** When its VM ended: it has failed then. */
  readonly endedAt: Date | null;
}

/** What the node's row says: its own word where it gave one, else what is known without it. */
const columnsOf = (
  status: NodeStatus | null,
  verdict: Verdict,
  endedAt: Date | null,
  now: Date,
): Prisma.NodeUpdateManyMutationInput => {
  const healthy = verdict === 'healthy';
  if (endedAt !== null) return { state: 'failed', healthy: false, holdsVip: false };
  if (status === null) return { healthy, holdsVip: verdict === 'lost' ? false : null };
  const { holdsVip, vrrp, connections } = status;
  return { healthy, holdsVip, vrrpState: vrrp, connections, observedAt: now };
};

const write = async (
  context: OrchestratorContext,
  node: Watched,
  { gathered, judgement, endedAt }: Outcome,
): Promise<boolean> => {
  const now = context.clock.now();
  const data = columnsOf(gathered.status, judgement.verdict, endedAt, now);
  // Only if it is still a member: a step may have taken it out while it was asked.
  const where = { vmId: node.vmId, state: { in: [...MEMBER_STATES] } };
  const isKnown = isNoted(node, judgement, gathered.witnesses);
  const isFresh =
    endedAt !== null ||
    data.healthy !== node.healthy ||
    data.holdsVip !== node.holdsVip ||
    (data.vrrpState !== undefined && data.vrrpState !== node.vrrpState) ||
    node.health?.verdict !== judgement.verdict;
  if (isKnown && endedAt === null) {
    const { count } = await context.db.node.updateMany({ where, data });
    return count > 0 && isFresh;
  }
  const isMember = await context.db.$transaction(async (tx) => {
    const { count } = await tx.node.updateMany({ where, data });
    if (count === 0) return false;
    if (!isKnown) await noteVerdict(tx, node, judgement, gathered.witnesses, now);
    if (endedAt !== null)
      await tx.vm.updateMany({ where: { id: node.vmId, state: 'running' }, data: { state: 'failed', endedAt } });
    return true;
  });
  if (isMember && endedAt !== null) context.say('node failed', { node: node.vm.name, why: judgement.reason });
  return isMember && isFresh;
};
