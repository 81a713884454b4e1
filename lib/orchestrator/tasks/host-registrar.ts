import type { Host } from '@/lib/db/generated/client';
import type { HostState } from '@/lib/domain/inventory';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** A host that is fenced stays so until it answers again. */
const stateOf = (isReachable: boolean, before: HostState | undefined): HostState => {
  if (isReachable) return before === 'maintenance' ? 'maintenance' : 'up';
  return before === 'fenced' ? 'fenced' : 'down';
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
    const rows = hosts.map((host) => {
      const before = known.get(host.id);
      const state = stateOf(host.reachable, before?.state);
      const facts = { ...host.capacity, hypervisor: hypervisor.name, accelerator: host.accelerator, state };
      return { host, facts, isSame: before !== undefined && isSame(before, facts) };
    });
    const changed = rows.filter((row) => !row.isSame).map((row) => row.host.name);
    // All at once: whoever sees one host sees all of them, and places VMs knowing what there is.
    await db.$transaction(async (tx) => {
      for (const { host, facts } of rows) {
        const seen = host.reachable ? { seenAt: clock.now() } : {};
        await tx.site.upsert({ where: { id: host.site }, update: {}, create: { id: host.site, name: host.site } });
        await tx.host.upsert({
          where: { id: host.id },
          update: { ...facts, ...seen },
          create: { id: host.id, name: host.name, siteId: host.site, ...facts, ...seen },
        });
      }
      await appendEvents(
        tx,
        changed.map((name) => ({ kind: 'host', payload: { host: name } })),
      );
    });
    if (changed.length === 0) return;
    await notifyEvents(db);
  },
});
