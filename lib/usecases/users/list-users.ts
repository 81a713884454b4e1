import type { Page, PageQuery, UserView } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { decodeCursor, encodeCursor, toPage } from '../paging';
import { toUserView } from './view';

/** By e-mail address. */
export const listUsers = async (context: UseCaseContext, query: PageQuery): Promise<Page<UserView>> => {
  authorise(context, 'users.write');
  const [after] = query.cursor === undefined ? [] : decodeCursor(query.cursor, 1);
  const rows = await context.db.user.findMany({
    where: after === undefined ? {} : { email: { gt: after } },
    orderBy: { email: 'asc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toUserView, (u) => encodeCursor(u.email));
};
