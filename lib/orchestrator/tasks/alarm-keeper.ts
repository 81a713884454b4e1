import type { Alarm } from '@/lib/db/generated/client';
import { alarmSubject } from '@/lib/domain/alarm';
import { ensureNoAlarm } from '@/lib/usecases/alarms/raise';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Ends alarms about what is no longer there, or well again, so that nobody is asked about it. */
export const alarmKeeper = (context: OrchestratorContext): Task => ({
  name: 'alarm-keeper',
  periodMs: 5_000,
  deadlineMs: 30_000,
  run: async () => {
    const { db, clock } = context;
    const open = await db.alarm.findMany({ where: { resolvedAt: null, kind: { in: ['fence-in-doubt'] } } });
    const gone = await db.alarm.findMany({ where: { resolvedAt: null, clusterId: { not: null } } });
    for (const alarm of open) {
      const why = await whyVmIsOver(context, alarm);
      if (why !== null) await ensureNoAlarm(db, clock.now(), 'fence-in-doubt', alarm.subject, why);
    }
    const deleted = await db.cluster.findMany({
      where: { id: { in: gone.flatMap(({ clusterId }) => clusterId ?? []) }, state: 'deleted' },
      select: { id: true },
    });
    for (const { id } of deleted)
      for (const kind of [
        'two-vip-holders',
        'holder-unreached',
        'recovery-limit',
        'recovery-blocked',
        'nobody-works',
      ] as const)
        await ensureNoAlarm(db, clock.now(), kind, alarmSubject('cluster', id), 'The cluster was deleted.');
  },
});

const whyVmIsOver = async ({ db }: OrchestratorContext, alarm: Alarm): Promise<string | null> => {
  const [noun, id = ''] = alarm.subject.split('/');
  if (noun !== 'vm') return null;
  const vm = await db.vm.findUnique({ where: { id }, include: { node: { include: { health: true } } } });
  if (vm === null || vm.state === 'released') return 'Its VM is gone.';
  if (vm.state === 'failed') return 'Its VM has ended.';
  return vm.node?.health?.verdict === 'healthy' ? 'It works again.' : null;
};
