import type { Host } from '@/lib/db/generated/client';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import type { FenceEvidence } from '@/lib/hypervisors/types';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** A host that answers again within this time is not fenced. */
const SILENCE_MS = 15_000;

/**
 * Fences hosts that are lost, so that what ran on them may run elsewhere. A host is lost when its hypervisor has not
 * answered for a while and none of its nodes answers clients either: one that merely cannot be managed goes on serving.
 * Without evidence that it cannot act any more nothing is done.
 */
export const hostFencer = (context: OrchestratorContext): Task => ({
  name: 'host-fencer',
  periodMs: 5_000,
  deadlineMs: 60_000,
  run: async () => {
    const before = new Date(context.clock.now().getTime() - SILENCE_MS);
    const hosts = await context.db.host.findMany({ where: { state: 'down', seenAt: { lt: before } } });
    for (const host of hosts) {
      if (await answersClients(context, host.id, before)) continue;
      try {
        await noteFenced(context, host, await context.hypervisor.fenceHost(host.id));
      } catch (error) {
        context.say('host not fenced: nothing on it is replaced', { host: host.name, error: String(error) });
      }
    }
  },
});

const answersClients = async (context: OrchestratorContext, hostId: string, since: Date): Promise<boolean> => {
  const nodes = await context.db.node.findMany({
    where: { vm: { hostId }, state: { in: ['joining', 'active', 'draining'] } },
    include: { vm: true },
  });
  for (const clusterId of new Set(nodes.map((node) => node.clusterId))) {
    const answers = await context.traffic.answeredSince(clusterId, since).catch(() => new Map<string, Date>());
    if (nodes.some((node) => answers.has(node.vm.name))) return true;
  }
  return false;
};

const noteFenced = async (context: OrchestratorContext, host: Host, evidence: FenceEvidence): Promise<void> => {
  const { db } = context;
  const vms = { hostId: host.id, state: { in: ['creating' as const, 'running' as const] } };
  await db.$transaction(async (tx) => {
    await tx.host.updateMany({ where: { id: host.id, state: 'down' }, data: { state: 'fenced' } });
    await tx.node.updateMany({
      where: { vm: { hostId: host.id }, state: { in: ['joining', 'active', 'draining'] } },
      data: { state: 'failed', healthy: false, holdsVip: false },
    });
    await tx.vm.updateMany({ where: vms, data: { state: 'failed', endedAt: evidence.at } });
    await appendEvents(tx, [
      { kind: 'host', payload: { host: host.name, state: 'fenced', evidence: evidence.detail } },
    ]);
  });
  await notifyEvents(db);
  context.say('host fenced', { host: host.name, evidence: evidence.detail });
};
