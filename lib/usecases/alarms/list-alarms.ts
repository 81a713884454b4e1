import type { Alarm } from '@/lib/db/generated/client';
import { ALARM_KINDS, type AlarmKind, gravityOf } from '@/lib/domain/alarm';
import type { AlarmsQuery, AlarmView, Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { getClusterRow } from '../clusters/get-cluster';
import { authorise, type UseCaseContext } from '../context';
import { afterNewest, encodeCursor, toPage } from '../paging';

const toKind = (text: string): AlarmKind => {
  const kind = ALARM_KINDS.find((known) => known === text);
  if (kind === undefined) throw new HeadroomError('internal', 'An alarm has an unknown kind.', { context: { text } });
  return kind;
};

export const toAlarmView = (alarm: Alarm): AlarmView => {
  const kind = toKind(alarm.kind);
  return {
    id: alarm.id,
    kind,
    gravity: gravityOf(kind),
    subject: alarm.subject,
    name: alarm.name,
    clusterId: alarm.clusterId,
    message: alarm.message,
    raisedAt: alarm.raisedAt.toISOString(),
    resolvedAt: alarm.resolvedAt?.toISOString() ?? null,
    resolution: alarm.resolution,
  };
};

/** Newest first; of a cluster (id or name), open ones or past ones. */
export const listAlarms = async (context: UseCaseContext, query: AlarmsQuery): Promise<Page<AlarmView>> => {
  authorise(context, 'cluster.read');
  const clusterId = query.cluster === undefined ? undefined : (await getClusterRow(context.db, query.cluster)).id;
  const rows = await context.db.alarm.findMany({
    where: {
      AND: [
        clusterId === undefined ? {} : { clusterId },
        query.open === undefined ? {} : { resolvedAt: query.open ? null : { not: null } },
        afterNewest('raisedAt', query.cursor),
      ],
    },
    orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toAlarmView, (alarm) => encodeCursor(alarm.raisedAt.toISOString(), alarm.id));
};
