import type { Host, Prisma } from '@/lib/db/generated/client';
import { alarmSubject } from '@/lib/domain/alarm';
import type { HostState } from '@/lib/domain/inventory';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import type { HostFacts } from '@/lib/hypervisors/types';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** A host that is fenced stays so until it answers again; one in maintenance is so again when it is back. */
const stateOf = (isReachable: boolean, before: Host | undefined): HostState => {
  if (isReachable) return before?.maintenanceSince == null ? 'up' : 'maintenance';
  return before?.state === 'fenced' ? 'fenced' : 'down';
};

type HostFactsKept = Pick<Host, 'state' | 'vcpus' | 'memoryMiB' | 'diskGiB' | 'accelerator'>;

const isSame = (a: HostFactsKept, b: HostFactsKept): boolean =>
  a.state === b.state &&
  a.vcpus === b.vcpus &&
  a.memoryMiB === b.memoryMiB &&
  a.diskGiB === b.diskGiB &&
  a.accelerator === b.accelerator;

/** Keeps sites and hosts as the hypervisor reports them. Maintenance is a decision of people: it stays. */
export const hostRegistrar = (context: OrchestratorContext): Task => ({
  name: 'host-registrar',
  periodMs: 5_000,
  deadlineMs: 900_000,
  run: async () => {
    const { db, hypervisor, clock } = context;
    const hosts = await hypervisor.listHosts();
    const known = new Map((await db.host.findMany()).map((host) => [host.id, host]));
    const emptied = await emptyReturned(context, hosts, known);
    const rows = hosts.map((host) => {
      const before = known.get(host.id);
      const isBack = host.reachable && (before?.state !== 'fenced' || emptied.has(host.id));
      const state = stateOf(isBack, before);
      const facts = { ...host.capacity, hypervisor: hypervisor.name, accelerator: host.accelerator, state };
      return { host, facts, isSame: before !== undefined && isSame(before, facts) };
    });
    const changed = rows.filter((row) => !row.isSame || emptied.has(row.host.id));
    const seen = rows.filter((row) => !changed.includes(row) && row.host.reachable).map((row) => row.host.id);
    await db.host.updateMany({ where: { id: { in: seen } }, data: { seenAt: clock.now() } });
    if (changed.length === 0) return;
    // All at once: whoever sees one host sees all of them, and places VMs knowing what there is.
    await db.$transaction(async (tx) => {
      for (const { host, facts } of changed) {
        const sight = host.reachable ? { seenAt: clock.now() } : {};
        if (emptied.has(host.id)) await liftFence(tx, host.id, clock.now());
        await tx.site.upsert({ where: { id: host.site }, update: {}, create: { id: host.site, name: host.site } });
        await tx.host.upsert({
          where: { id: host.id },
          update: { ...facts, ...sight },
          create: { id: host.id, name: host.name, siteId: host.site, ...facts, ...sight },
        });
      }
      await appendEvents(
        tx,
        changed.map(({ host }) => ({ kind: 'host', payload: { host: host.name } })),
      );
    });
    await notifyEvents(db);
  },
});

/**
 * A host that was fenced comes back empty: whatever was proven, what ran on it has been replaced, and must not go on
 * beside that. Resolves with the fenced hosts that answer again and on which nothing runs; others stay fenced.
 */
const emptyReturned = async (
  { hypervisor, say }: OrchestratorContext,
  hosts: readonly HostFacts[],
  known: ReadonlyMap<string, Host>,
): Promise<ReadonlySet<string>> => {
  const emptied = new Set<string>();
  for (const { id, name, reachable } of hosts) {
    if (!reachable || known.get(id)?.state !== 'fenced') continue;
    try {
      const { detail } = await hypervisor.fenceHost(id);
      say('a fenced host is back, and empty', { host: name, evidence: detail });
      emptied.add(id);
    } catch (error) {
      say('a fenced host is back, and not known to be empty', { host: name, error: String(error) });
    }
  }
  return emptied;
};

const liftFence = async (tx: Prisma.TransactionClient, hostId: string, now: Date): Promise<void> => {
  await tx.fence.updateMany({
    where: { subject: alarmSubject('host', hostId), liftedAt: null },
    data: { liftedAt: now },
  });
};
