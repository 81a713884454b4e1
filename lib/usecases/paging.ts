import type { Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';

/** Position after the last item of a page, opaque to the caller. */
export const encodeCursor = (...parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

export const badCursor = (): HeadroomError =>
  new HeadroomError('malformed', 'This cursor is not one that was handed out.', {
    details: { fields: [{ field: 'cursor', message: 'Not a cursor.' }] },
  });

/** Throws `malformed` unless the cursor has this many parts. */
export const decodeCursor = (cursor: string, length: number): readonly string[] => {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw badCursor();
  }
  if (!Array.isArray(parts) || parts.length !== length || !parts.every((p): p is string => typeof p === 'string'))
    throw badCursor();
  return parts;
};

/** Throws `malformed` unless it is a time. */
export const cursorTime = (text: string | undefined): Date => {
  const time = new Date(text ?? '');
  if (Number.isNaN(time.getTime())) throw badCursor();
  return time;
};

/** Throws `malformed` unless it is a whole number. */
export const cursorNumber = (text: string | undefined): bigint => {
  if (text === undefined || !/^\d{1,18}$/.test(text)) throw badCursor();
  return BigInt(text);
};

/**
 * Where a list goes on that is ordered by a time, newest first, then by id: a condition for rows after the cursor's,
 * none without a cursor. Throws `malformed` unless the cursor is a time and an id.
 */
export const afterNewest = <Time extends string>(time: Time, cursor: string | undefined) => {
  if (cursor === undefined) return {};
  const [at, id = ''] = decodeCursor(cursor, 2);
  const moment = cursorTime(at);
  const older = { [time]: { lt: moment } } as Record<Time, { lt: Date }>;
  const together = { [time]: moment, id: { gt: id } } as Record<Time, Date> & { id: { gt: string } };
  return { OR: [older, together] };
};

/** Makes a page of rows that were asked for with one more than the limit. */
export const toPage = <Row, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
  cursor: (row: Row) => string,
): Page<View> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last !== undefined ? cursor(last) : null };
};

/** Pages that `readAll` reads at most; more people or tokens than 10,000 belong to a search, not into one table. */
const PAGES_MAX = 50;

/** All items of a list, page after page: for lists that one installation has few of. */
export const readAll = async <View>(
  read: (query: { readonly cursor?: string }) => Promise<Page<View>>,
): Promise<readonly View[]> => {
  const items: View[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { items: found, nextCursor }: Page<View> = await read(cursor === null ? {} : { cursor });
    items.push(...found);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return items;
};
