import type { StatementMail } from '@/lib/db/generated/client';
import type { SendStatementInput, StatementView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { retryAfterMs } from '@/lib/domain/notification/message';
import { DAY_MS } from '@/lib/domain/pricing/rate';
import { type Month, monthEndMs } from '@/lib/domain/usage/month';
import { authorise, type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { record } from '../record';
import { ALL_OTHERS } from './statement-schedules';
import { getStatement } from './statements';

const BATCH = 50;
/** With the waits between them more than a day: a mail server may be away over night. */
const ATTEMPTS_MAX = 36;
const BY_SCHEDULE = 'schedule';
/** No statement waits longer for its day: the 28th of the month after. */
const WAITING_MS_MAX = 31 * DAY_MS;

const refuseDraft = async (tx: Transaction, id: string): Promise<void> => {
  if ((await tx.statement.findUnique({ where: { id } })) !== null) return;
  const [month = ''] = id.split('.');
  const isDraft = /^\d{4}-\d{2}$/.test(month) && (await tx.billingPeriod.findUnique({ where: { month } })) === null;
  throw isDraft
    ? new HeadroomError('wrong_state', `${id} is a draft: close its month first.`)
    : new HeadroomError('not_found', `There is no statement ${JSON.stringify(id)}.`);
};

interface Wanted {
  readonly statementId: string;
  readonly recipients: readonly string[];
  readonly request: string;
  readonly requestedBy: string;
  readonly at: Date;
}

const enqueue = (tx: Transaction, { statementId, recipients, request, requestedBy, at }: Wanted) =>
  tx.statementMail.createMany({
    data: [...new Set(recipients)].map((to) => ({
      id: newId(),
      statementId,
      request,
      to,
      requestedBy,
      requestedAt: at,
      nextAttemptAt: at,
    })),
    skipDuplicates: true,
  });

/** Has a closed statement sent by mail, now. Throws `not_found`, and `wrong_state` for a draft. */
export const sendStatement = async (
  context: UseCaseContext,
  id: string,
  input: SendStatementInput,
): Promise<StatementView> => {
  authorise(context, 'statements.write');
  await record(context, async (tx) => {
    await refuseDraft(tx, id);
    const requestedBy = describeActor(context.actor);
    const { recipients } = input;
    await enqueue(tx, { statementId: id, recipients, request: newId(), requestedBy, at: context.clock() });
    return {
      value: null,
      audit: { action: 'statement.send', subject: `statement/${id}`, detail: { recipients } },
    };
  });
  return getStatement(context, id);
};

/** When a month's statements are sent: on a day of the month after, or when they are closed, if that is later. */
export const dueAtMs = (month: Month, dayOfMonth: number, closedAt: Date): number =>
  Math.max(monthEndMs(month) + (dayOfMonth - 1) * DAY_MS, closedAt.getTime());

/**
 * Puts closed statements whose day has come on their way to those whom the schedules name. What was due before a
 * schedule was made is not sent by it, and no statement is sent by schedule twice.
 */
export const enqueueScheduled = async (context: UseCaseContext): Promise<void> => {
  authorise(context, 'statements.write');
  const schedules = new Map((await context.db.statementSchedule.findMany()).map((row) => [row.costCentre, row]));
  if (schedules.size === 0) return;
  const sinceMs = Math.min(...[...schedules.values()].map(({ createdAt }) => createdAt.getTime()));
  const waiting = await context.db.statement.findMany({
    where: { closedAt: { gte: new Date(sinceMs - WAITING_MS_MAX) }, mails: { none: { request: BY_SCHEDULE } } },
    orderBy: { seq: 'asc' },
  });
  const at = context.clock();
  for (const { id, month, costCentre, closedAt } of waiting) {
    const schedule = schedules.get(costCentre) ?? schedules.get(ALL_OTHERS);
    if (schedule === undefined) continue;
    const dueMs = dueAtMs(month, schedule.dayOfMonth, closedAt);
    if (dueMs < schedule.createdAt.getTime() || dueMs > at.getTime()) continue;
    const { recipients } = schedule;
    const requestedBy = `the schedule of ${schedule.createdBy}`;
    await record(context, async (tx) => {
      await enqueue(tx, { statementId: id, recipients, request: BY_SCHEDULE, requestedBy, at });
      return {
        value: null,
        audit: {
          action: 'statement.send',
          subject: `statement/${id}`,
          reason: 'its day has come',
          detail: { recipients },
        },
      };
    });
  }
};

/** What is to be sent by now, the longest due first. */
export const findMailsDue = (db: Database, now: Date): Promise<readonly StatementMail[]> =>
  db.statementMail.findMany({
    where: { state: 'pending', nextAttemptAt: { lte: now } },
    orderBy: { nextAttemptAt: 'asc' },
    take: BATCH,
  });

/** Writes down that a mail server took a statement; the first one makes the statement a sent one. */
export const noteMailSent = async (context: UseCaseContext, mail: StatementMail): Promise<void> => {
  authorise(context, 'statements.write');
  await record(context, async (tx) => {
    const sentAt = context.clock();
    await tx.statementMail.update({
      where: { id: mail.id },
      data: { state: 'sent', attempts: mail.attempts + 1, lastError: null },
    });
    const { statementId, to, requestedBy } = mail;
    await tx.statementSending.create({
      data: { id: newId(), statementId, recipients: [to], sentAt, sentBy: requestedBy },
    });
    return {
      value: null,
      audit: { action: 'statement.sent', subject: `statement/${statementId}`, detail: { to, requestedBy } },
    };
  });
};

/** Writes down that sending failed: it is tried again with growing waits, in the end no more. */
export const noteMailFailed = async (context: UseCaseContext, mail: StatementMail, error: string): Promise<void> => {
  authorise(context, 'statements.write');
  const attempts = mail.attempts + 1;
  const nextAttemptAt = new Date(context.clock().getTime() + retryAfterMs(attempts));
  await context.db.statementMail.updateMany({
    where: { id: mail.id, state: 'pending' },
    data: { attempts, lastError: error, nextAttemptAt, state: attempts >= ATTEMPTS_MAX ? 'failed' : 'pending' },
  });
};
