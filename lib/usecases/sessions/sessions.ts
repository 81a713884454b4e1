import type { Page, SessionsEnded, SessionsQuery, SessionView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { roleCan } from '@/lib/domain/role';
import { authorise, type UseCaseContext } from '../context';
import { afterNewest, encodeCursor, toPage } from '../paging';
import { record } from '../record';
import { requirePerson } from '../require-person';
import { endSessions } from './end-sessions';
import { SESSION_INCLUDE, toSessionView } from './view';

/** Sessions that hold now, newest first: one's own, or everybody's for whoever administers people. */
export const listSessions = async (context: UseCaseContext, query: SessionsQuery): Promise<Page<SessionView>> => {
  if (query.of === 'everyone') authorise(context, 'users.write');
  const userId = query.of === 'me' ? requirePerson(context).id : undefined;
  const rows = await context.db.session.findMany({
    where: {
      ...(userId === undefined ? {} : { userId }),
      endedAt: null,
      expiresAt: { gt: context.clock() },
      AND: [afterNewest('createdAt', query.cursor)],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
    include: SESSION_INCLUDE,
  });
  return toPage(
    rows,
    query.limit,
    (row) => toSessionView(row, context.actor.sessionId),
    (row) => encodeCursor(row.createdAt.toISOString(), row.id),
  );
};

/**
 * Ends a session: one's own, or anybody's for whoever administers people. It is refused from its next request on. Throws
 * `not_found`, also for another's session to those who may not see it.
 */
export const endSession = async (context: UseCaseContext, sessionId: string): Promise<SessionView> =>
  record(context, async (tx) => {
    const session = await tx.session.findUnique({ where: { id: sessionId }, include: SESSION_INCLUDE });
    const isOwn = context.actor.kind === 'user' && session?.userId === context.actor.id;
    if (session === null || !(isOwn || roleCan(context.actor.role, 'users.write'))) {
      throw new HeadroomError('not_found', 'There is no such session.');
    }
    await tx.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: context.clock() } });
    return {
      value: toSessionView(session, context.actor.sessionId),
      audit: {
        action: 'session.end',
        subject: `user/${session.user.email}`,
        detail: { sessionId, address: session.address },
      },
    };
  });

/** Ends all of one's own sessions but the one that asks. */
export const endOtherSessions = async (context: UseCaseContext): Promise<SessionsEnded> => {
  const person = requirePerson(context);
  return record(context, async (tx) => {
    const ended = await endSessions(tx, { userId: person.id, except: person.sessionId }, context.clock());
    return {
      value: { ended },
      audit: { action: 'session.end-others', subject: `user/${person.name}`, detail: { ended } },
    };
  });
};
