import type { Host } from '@/lib/db/generated/client';
import { alarmSubject } from '@/lib/domain/alarm';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { ensureAlarm, ensureNoAlarm, loadOpenAlarms } from '@/lib/usecases/alarms/raise';
import { noteHostFenced } from '@/lib/usecases/hosts/note-fenced';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import type { Task } from '../task';

/** A host that answers again within this time is not fenced. */
const SILENCE_MS = 15_000;
const FENCE_DEADLINE_MS = 20_000;
const HOSTS_AT_ONCE = 8;
const BY = 'system host-fencer';

/**
 * Fences hosts that are lost, so that what ran on them may run elsewhere. A host is lost when its hypervisor has not
 * answered for a while and none of its nodes works in anybody's eyes: one that merely cannot be managed goes on serving.
 * Without evidence that it cannot act any more nothing is done, and a person is asked.
 */
export const hostFencer = (context: OrchestratorContext): Task => ({
  name: 'host-fencer',
  periodMs: 5_000,
  deadlineMs: 60_000,
  run: async () => {
    const { db, clock, hypervisor } = context;
    const before = new Date(clock.now().getTime() - SILENCE_MS);
    const hosts = await db.host.findMany({ where: { state: 'down', seenAt: { lt: before } } });
    // One that answers again by now is well, and what runs on it must not be ended.
    const answering = new Set((await hypervisor.listHosts()).filter((host) => host.reachable).map(({ id }) => id));
    const silent = hosts.filter(({ id }) => !answering.has(id));
    await forEachBounded(silent, HOSTS_AT_ONCE, (host) => decide(context, host));
    const open = await loadOpenAlarms(db);
    const known = await db.host.findMany({ where: { state: { in: ['up', 'maintenance', 'fenced'] } } });
    for (const { id, name, state } of known) {
      const subject = alarmSubject('host', id);
      const why = state === 'fenced' ? `${name} is off.` : `${name} answers again.`;
      for (const kind of ['fence-in-doubt', 'host-unmanaged'] as const)
        if (open.has(kind, subject)) await ensureNoAlarm(db, clock.now(), kind, subject, why);
    }
  },
});

const decide = async (context: OrchestratorContext, host: Host): Promise<void> => {
  const { db, clock } = context;
  const subject = alarmSubject('host', host.id);
  const working = await db.node.findMany({
    where: {
      vm: { hostId: host.id },
      state: { in: ['joining', 'active', 'draining'] },
      health: { verdict: 'healthy' },
    },
    orderBy: { vm: { name: 'asc' } },
    include: { vm: true },
  });
  if (working.length > 0) {
    const names = working.map(({ vm }) => vm.name).join(', ');
    await ensureNoAlarm(db, clock.now(), 'fence-in-doubt', subject, `${names} on it work.`);
    await ensureAlarm(db, clock.now(), {
      kind: 'host-unmanaged',
      subject,
      name: host.name,
      message: `${host.name} cannot be asked, and ${names} on it ${working.length === 1 ? 'goes' : 'go'} on working: it is left alone.`,
    });
    return;
  }
  await fence(context, host);
};

const fence = async (context: OrchestratorContext, host: Host): Promise<void> => {
  const { db, clock, hypervisor } = context;
  try {
    const evidence = await within(context, FENCE_DEADLINE_MS, `fencing ${host.name}`, hypervisor.fenceHost(host.id));
    await db.$transaction(async (tx) => appendEvents(tx, await noteHostFenced(tx, host, evidence, BY)));
    await notifyEvents(db);
    context.say('host fenced', { host: host.name, evidence: evidence.detail });
  } catch (error) {
    // Meanwhile a person may have said that it is off, or it answers.
    if ((await db.host.count({ where: { id: host.id, state: 'down' } })) === 0) return;
    context.say('host not fenced: nothing on it is replaced', { host: host.name, error: String(error) });
    const vms = await db.vm.findMany({
      where: { hostId: host.id, state: { not: 'released' } },
      orderBy: { name: 'asc' },
    });
    const names = vms.map(({ name }) => name);
    await ensureNoAlarm(
      db,
      clock.now(),
      'host-unmanaged',
      alarmSubject('host', host.id),
      'None of its nodes is seen to work.',
    );
    await ensureAlarm(db, clock.now(), {
      kind: 'fence-in-doubt',
      subject: alarmSubject('host', host.id),
      name: host.name,
      message: `${host.name} does not answer, and nothing proves that it is off. It is not known whether ${
        names.length === 0 ? 'anything on it' : names.join(', ')
      } still runs; nothing of it starts elsewhere until the host answers, or a person confirms that it is off.`,
    });
  }
};
