import type { Node, Vm } from '@/lib/db/generated/client';
import { appendEvents, type EventDraft } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { isWorking } from '@/lib/steps/working';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import type { Task } from '../task';

const STATUS_DEADLINE_MS = 3_000;
const NODES_AT_ONCE = 16;

type Watched = Node & { readonly vm: Vm };

interface Observation {
  readonly healthy: boolean;
  readonly holdsVip: boolean;
  readonly vrrpState: string;
  readonly connections: number;
}

/**
 * Reads from every node what it is: health, who holds the VIP, connections. What a node says is written with the time;
 * watchers hear of changes only. A node whose VM the hypervisor says does not run has failed; one that merely does not
 * answer is not healthy, and nothing more is known.
 */
export const nodeWatcher = (context: OrchestratorContext): Task => {
  const pace = new Pace(context);
  return {
    name: 'node-watcher',
    // Each look costs an emulated guest some 100 ms of its processor.
    periodMs: 2_000,
    deadlineMs: 30_000,
    run: async (signal) => {
      const nodes = await context.db.node.findMany({
        where: { installedAt: { not: null }, state: { in: ['joining', 'active', 'draining'] } },
        include: { vm: true },
      });
      pace.keep(new Set(nodes.map((node) => node.vmId)));
      const events: EventDraft[] = [];
      await forEachBounded(nodes, NODES_AT_ONCE, async (node) => {
        if (signal.aborted || !pace.isDue(node.vmId)) return;
        if (await watch(context, pace, node))
          events.push({ kind: 'node', clusterId: node.clusterId, payload: { vmId: node.vmId } });
      });
      if (events.length === 0) return;
      await context.db.$transaction((tx) => appendEvents(tx, events));
      await notifyEvents(context.db);
    },
  };
};

/** Asking costs a guest a program: of its time it spends at most one part in this many on answers. */
const REST_FACTOR = 4;

/** When each node may be asked again: not while an answer is still to come, and the later the longer one took. */
class Pace {
  readonly #context: OrchestratorContext;
  readonly #dueMs = new Map<string, number>();

  constructor(context: OrchestratorContext) {
    this.#context = context;
  }

  /** Forgets all others. */
  keep(vmIds: ReadonlySet<string>): void {
    for (const vmId of this.#dueMs.keys()) if (!vmIds.has(vmId)) this.#dueMs.delete(vmId);
  }

  isDue(vmId: string): boolean {
    return (this.#dueMs.get(vmId) ?? 0) <= this.#context.clock.now().getTime();
  }

  async ask<T>(vmId: string, question: () => Promise<T>): Promise<T> {
    const beganMs = this.#context.clock.now().getTime();
    this.#dueMs.set(vmId, Number.POSITIVE_INFINITY);
    try {
      return await question();
    } finally {
      const endedMs = this.#context.clock.now().getTime();
      this.#dueMs.set(vmId, endedMs + (endedMs - beganMs) * REST_FACTOR);
    }
  }
}

/** Resolves with whether something changed that people want to see at once. */
const watch = async (context: OrchestratorContext, pace: Pace, node: Watched): Promise<boolean> => {
  const seen = await observe(context, pace, node);
  if (seen === null) return noteSilence(context, node);
  // Only if it is still a member: a step may have taken it out while it was asked.
  const { count } = await context.db.node.updateMany({
    where: { vmId: node.vmId, state: { in: ['joining', 'active', 'draining'] } },
    data: { ...seen, observedAt: context.clock.now() },
  });
  const isNew = seen.healthy !== node.healthy || seen.holdsVip !== node.holdsVip || seen.vrrpState !== node.vrrpState;
  return count > 0 && isNew;
};

const observe = async (context: OrchestratorContext, pace: Pace, node: Watched): Promise<Observation | null> => {
  try {
    const asked = pace.ask(node.vmId, () => context.clustering.status(node.vmId));
    const status = await within(context, STATUS_DEADLINE_MS, `${node.vm.name}'s status`, asked);
    return {
      healthy: isWorking(node, status),
      holdsVip: status.holdsVip,
      vrrpState: status.vrrp,
      connections: status.connections,
    };
  } catch {
    return null;
  }
};

const noteSilence = async (context: OrchestratorContext, node: Watched): Promise<boolean> => {
  const facts = await context.hypervisor.findVm(node.vmId).catch(() => undefined);
  const isGone = facts === null || facts?.state === 'crashed' || facts?.state === 'stopped';
  const isBusy = await context.db.operation.findFirst({
    where: { clusterId: node.clusterId, state: { in: ['pending', 'running', 'undoing'] } },
    select: { id: true },
  });
  // While an operation is active its steps decide what becomes of a node.
  const failed = isGone && isBusy === null;
  await context.db.$transaction([
    context.db.node.updateMany({
      where: { vmId: node.vmId, state: { in: ['joining', 'active', 'draining'] } },
      data: { healthy: false, holdsVip: false, ...(failed ? { state: 'failed' as const } : {}) },
    }),
    ...(failed
      ? [
          context.db.vm.updateMany({
            where: { id: node.vmId, state: 'running' },
            data: { state: 'failed', endedAt: facts?.endedAt ?? context.clock.now() },
          }),
        ]
      : []),
  ]);
  if (failed) context.say('node failed', { node: node.vm.name, vm: facts?.state ?? 'gone' });
  return failed || node.healthy !== false;
};
