import type { Prisma } from '@/lib/db/generated/client';
import type { MarkReadInput, NoticesView, NoticeTopic, NoticeView } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { requirePerson } from '../require-person';
import { findPreferences, toPreferences } from './preferences';

/** As many as a person looks through; older ones are found under Events and Activity. */
const SHOWN_MAX = 50;
const READ_IDS_MAX = 200;

type Notice = Omit<NoticeView, 'read'>;

const OUTCOME = {
  done: { tone: 'ok', word: 'is done' },
  undone: { tone: 'warn', word: 'was undone' },
  cancelled: { tone: 'warn', word: 'was cancelled' },
  stuck: { tone: 'bad', word: 'is stuck' },
} as const;
const isOutcome = (state: string): state is keyof typeof OUTCOME => state in OUTCOME;

/** What one asked for and has ended; to those who may act, also what went wrong for others. */
const operationNotices = async (context: UseCaseContext): Promise<readonly Notice[]> => {
  const mine: Prisma.OperationWhereInput = { requestedBy: describeActor(context.actor) };
  const wrong: Prisma.OperationWhereInput = { state: { in: ['undone', 'stuck'] } };
  const rows = await context.db.operation.findMany({
    where: {
      state: { in: ['done', 'undone', 'cancelled', 'stuck'] },
      OR: roleCan(context.actor.role, 'operation.cancel') ? [mine, wrong] : [mine],
    },
    orderBy: { createdAt: 'desc' },
    take: SHOWN_MAX,
    include: { cluster: { select: { name: true } } },
  });
  return rows.flatMap((row) => {
    if (!isOutcome(row.state)) return [];
    const { tone, word } = OUTCOME[row.state];
    return [
      {
        id: `operation:${row.id}:${row.state}`,
        at: (row.endedAt ?? row.startedAt ?? row.createdAt).toISOString(),
        topic: 'operation',
        tone,
        title: `${row.kind} of ${row.cluster.name} ${word}`,
        detail: row.summary ?? row.reason,
        href: `/operations/${row.id}`,
      },
    ];
  });
};

const alarmNotices = async (context: UseCaseContext): Promise<readonly Notice[]> => {
  const rows = await context.db.alarm.findMany({ orderBy: { raisedAt: 'desc' }, take: SHOWN_MAX });
  return rows.map(({ id, name, message, raisedAt, resolvedAt }) => ({
    id: `alarm:${id}`,
    at: raisedAt.toISOString(),
    topic: 'alarm',
    tone: resolvedAt === null ? 'bad' : 'warn',
    title: `Alarm: ${name}${resolvedAt === null ? '' : ' (over)'}`,
    detail: message,
    href: '/',
  }));
};

/** What waits for an approval, to those who may give one. */
const approvalNotices = async (context: UseCaseContext): Promise<readonly Notice[]> => {
  if (!roleCan(context.actor.role, 'recommendation.decide')) return [];
  const rows = await context.db.recommendation.findMany({
    where: { state: 'open' },
    orderBy: { createdAt: 'desc' },
    take: SHOWN_MAX,
    include: { cluster: { select: { name: true } }, policy: { select: { name: true } } },
  });
  return rows.map((row) => ({
    id: `approval:${row.id}`,
    at: row.createdAt.toISOString(),
    topic: 'approval',
    tone: 'warn',
    title: `${row.policy?.name ?? 'Headroom'} asks to change ${row.cluster.name}`,
    detail: row.reason,
    href: `/approvals/${row.id}`,
  }));
};

/** What happened that concerns the caller, newest first, without topics that they muted, and how much is unread. */
export const listNotices = async (context: UseCaseContext): Promise<NoticesView> => {
  authorise(context, 'cluster.read');
  const row = await findPreferences(context);
  const { muted } = toPreferences(row?.value ?? {});
  const wants = (topic: NoticeTopic): boolean => !muted.includes(topic);
  const found = await Promise.all([
    wants('operation') ? operationNotices(context) : [],
    wants('alarm') ? alarmNotices(context) : [],
    wants('approval') ? approvalNotices(context) : [],
  ]);
  const readAt = row?.readAt?.toISOString() ?? '';
  const readIds = new Set(row?.readIds ?? []);
  const items = found
    .flat()
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, SHOWN_MAX)
    .map((notice) => ({ ...notice, read: notice.at <= readAt || readIds.has(notice.id) }));
  return { items, unread: items.filter(({ read }) => !read).length };
};

/** Marks one, or all up to a moment. How far somebody has read is nobody else's business: it is not audited. */
export const markRead = async (context: UseCaseContext, input: MarkReadInput): Promise<NoticesView> => {
  authorise(context, 'cluster.read');
  const { id: userId } = requirePerson(context);
  await context.db.$transaction(async (tx) => {
    const row = await tx.preferences.upsert({
      where: { userId },
      create: { userId, value: {}, readIds: [] },
      update: {},
    });
    if ('id' in input) {
      const readIds = [...new Set([...row.readIds, input.id])].slice(-READ_IDS_MAX);
      await tx.preferences.update({ where: { userId }, data: { readIds } });
      return;
    }
    const through = new Date(input.through);
    const readAt = row.readAt !== null && row.readAt > through ? row.readAt : through;
    await tx.preferences.update({ where: { userId }, data: { readAt, readIds: [] } });
  });
  return listNotices(context);
};
