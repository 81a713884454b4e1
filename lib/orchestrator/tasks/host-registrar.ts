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

/** Keeps sites and hosts as the hypervisor reports them. Maintenance is a decision of people: it stays. */
export const hostRegistrar = (context: OrchestratorContext): Task => ({
  name: 'host-registrar',
  periodMs: 5_000,
  deadlineMs: 900_000,
  run: async () => {
    const { db, hypervisor, clock } = context;
    const hosts = await hypervisor.listHosts();
    const known = new Map((await db.host.findMany()).map((host) => [host.id, host]));
    const changed: string[] = [];
    for (const host of hosts) {
      const before = known.get(host.id);
      const facts = {
        ...host.capacity,
        hypervisor: hypervisor.name,
        accelerator: host.accelerator,
        ...(host.reachable ? { seenAt: clock.now() } : {}),
      };
      const state = stateOf(host.reachable, before?.state);
      const isSame =
        before !== undefined &&
        before.state === state &&
        before.vcpus === facts.vcpus &&
        before.memoryMiB === facts.memoryMiB &&
        before.diskGiB === facts.diskGiB &&
        before.accelerator === facts.accelerator;
      if (!isSame) changed.push(host.name);
      await db.site.upsert({ where: { id: host.site }, update: {}, create: { id: host.site, name: host.site } });
      await db.host.upsert({
        where: { id: host.id },
        update: { ...facts, state },
        create: { id: host.id, name: host.name, siteId: host.site, state, ...facts },
      });
    }
    if (changed.length === 0) return;
    await db.$transaction((tx) =>
      appendEvents(
        tx,
        changed.map((name) => ({ kind: 'host', payload: { host: name } })),
      ),
    );
    await notifyEvents(db);
  },
});
