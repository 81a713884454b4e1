import { Prisma } from '@/lib/db/generated/client';
import type { AlarmKind } from '@/lib/domain/alarm';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import type { Database, Transaction } from '../context';
import { newId } from '../ids';

export interface AlarmDraft {
  readonly kind: AlarmKind;
  /** From `alarmSubject`. */
  readonly subject: string;
  readonly name: string;
  readonly clusterId?: string | null;
  readonly message: string;
}

const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/**
 * Makes sure that there is an open alarm of this kind about the subject, with this message. Watchers hear of a new one
 * and of a new message. Resolves with whether it is new.
 */
export const ensureAlarm = async (db: Database, now: Date, draft: AlarmDraft): Promise<boolean> => {
  const { kind, subject, message, clusterId = null } = draft;
  const open = await db.alarm.findFirst({ where: { kind, subject, resolvedAt: null } });
  if (open?.message === message) return false;
  const event = { kind: 'alarm', clusterId, payload: { kind, subject, state: 'open' } } as const;
  try {
    await db.$transaction(async (tx) => {
      if (open === null)
        await tx.alarm.create({
          data: { id: newId(), kind, subject, name: draft.name, clusterId, message, raisedAt: now },
        });
      else await tx.alarm.update({ where: { id: open.id }, data: { message } });
      await appendEvents(tx, [event]);
    });
  } catch (error) {
    // Somebody else raised it meanwhile.
    if (!isTaken(error)) throw error;
    return false;
  }
  await notifyEvents(db);
  return open === null;
};

/** Ends an open alarm within a transaction that ends what it was about. Resolves with how many there were. */
export const endAlarm = async (
  tx: Transaction,
  now: Date,
  kind: AlarmKind,
  subject: string,
  resolution: string,
): Promise<number> => {
  const open = await tx.alarm.findMany({ where: { kind, subject, resolvedAt: null } });
  for (const alarm of open) {
    await tx.alarm.update({ where: { id: alarm.id }, data: { resolvedAt: now, resolution } });
    await appendEvents(tx, [
      { kind: 'alarm', clusterId: alarm.clusterId, payload: { kind, subject, state: 'resolved' } },
    ]);
  }
  return open.length;
};

/** Makes sure that there is no open alarm of this kind about the subject. */
export const ensureNoAlarm = async (
  db: Database,
  now: Date,
  kind: AlarmKind,
  subject: string,
  resolution: string,
): Promise<void> => {
  const open = await db.alarm.count({ where: { kind, subject, resolvedAt: null } });
  if (open === 0) return;
  await db.$transaction((tx) => endAlarm(tx, now, kind, subject, resolution));
  await notifyEvents(db);
};

/** Which alarms are open, read once: to end those of ten thousand clusters one by one would be as many questions. */
export interface OpenAlarms {
  has(kind: AlarmKind, subject: string): boolean;
}

export const loadOpenAlarms = async (db: Database): Promise<OpenAlarms> => {
  const open = await db.alarm.findMany({ where: { resolvedAt: null }, select: { kind: true, subject: true } });
  const known = new Set(open.map(({ kind, subject }) => `${kind} ${subject}`));
  return { has: (kind, subject) => known.has(`${kind} ${subject}`) };
};
