import type { StatementSchedule } from '@/lib/db/generated/client';
import type { Page, PageQuery, ScheduleView, SetScheduleInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { record } from '../record';

/** Stands for all cost centres that have no schedule of their own; no cost centre can be named so. */
export const ALL_OTHERS = '*';

const toView = (row: StatementSchedule): ScheduleView => ({
  id: row.costCentre,
  costCentre: row.costCentre === ALL_OTHERS ? null : row.costCentre,
  recipients: row.recipients,
  dayOfMonth: row.dayOfMonth,
  createdBy: row.createdBy,
  createdAt: row.createdAt.toISOString(),
});

/** By cost centre, the one for all others first. */
export const listSchedules = async (context: UseCaseContext, query: PageQuery): Promise<Page<ScheduleView>> => {
  authorise(context, 'usage.read');
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
  const rows = await context.db.statementSchedule.findMany({
    ...(after === undefined ? {} : { where: { costCentre: { gt: after } } }),
    orderBy: { costCentre: 'asc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toView, (row) => encodeCursor(row.costCentre));
};

/** Has closed statements sent by mail from now on; takes the place of the schedule that the cost centre has. */
export const setSchedule = async (context: UseCaseContext, input: SetScheduleInput): Promise<ScheduleView> => {
  authorise(context, 'statements.write');
  return record(context, async (tx) => {
    const costCentre = input.costCentre ?? ALL_OTHERS;
    const data = {
      recipients: [...new Set(input.recipients)],
      dayOfMonth: input.dayOfMonth,
      createdBy: describeActor(context.actor),
    };
    const row = await tx.statementSchedule.upsert({
      where: { costCentre },
      create: { costCentre, ...data, createdAt: context.clock() },
      update: data,
    });
    return {
      value: toView(row),
      audit: {
        action: 'statement.schedule',
        subject: `statement-schedule/${costCentre}`,
        detail: { recipients: row.recipients, dayOfMonth: row.dayOfMonth },
      },
    };
  });
};

/** Throws `not_found`. */
export const removeSchedule = async (context: UseCaseContext, id: string): Promise<{ readonly id: string }> => {
  authorise(context, 'statements.write');
  return record(context, async (tx) => {
    const { count } = await tx.statementSchedule.deleteMany({ where: { costCentre: id } });
    if (count === 0) throw new HeadroomError('not_found', 'There is no such schedule.');
    return { value: { id }, audit: { action: 'statement.unschedule', subject: `statement-schedule/${id}` } };
  });
};
