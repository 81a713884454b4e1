import { z } from 'zod';
import { HeadroomError } from '@/lib/domain/errors';
import { decodeCursor, encodeCursor } from './paging';

/** What a cursor keeps of a row's value: a string, a number, or null where it has none. */
type Value = string | number | null;
type Condition = Readonly<Record<string, unknown>>;
type Direction = 'asc' | 'desc';

/**
 * A column that a list may be sorted by. Rows without a value stand where Postgres puts them: last when ascending, first
 * when descending.
 */
export interface SortColumn<Row> {
  readonly isNullable: boolean;
  readonly value: (row: Row) => Value;
  readonly orderBy: (direction: Direction) => Condition;
  readonly equals: (value: Value) => Condition;
  /** Rows with a value beyond this one; `value` is not null. */
  readonly beyond: (value: string | number, direction: Direction) => Condition;
}

const nest = (path: readonly string[], leaf: unknown): Condition =>
  path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), leaf) as Condition;

/** A text, number or time of the row or of what it refers to: `['host', 'name']`. Times are given as ISO 8601. */
export const sortColumn = <Row>(
  path: readonly string[],
  value: (row: Row) => Value,
  { isNullable = false } = {},
): SortColumn<Row> => ({
  value,
  isNullable,
  orderBy: (direction) => nest(path, direction),
  // Of something that is referred to and may be missing, the reference itself is null.
  equals: (wanted) => (wanted === null ? nest(path.slice(0, 1), null) : nest(path, wanted)),
  beyond: (than, direction) => nest(path, direction === 'asc' ? { gt: than } : { lt: than }),
});

/** A state: Postgres orders an enum as it was declared, and Prisma compares none, so what comes after is listed. */
export const sortEnum = <Row>(
  name: string,
  declared: readonly string[],
  value: (row: Row) => string,
): SortColumn<Row> => ({
  value,
  isNullable: false,
  orderBy: (direction) => ({ [name]: direction }),
  equals: (wanted) => ({ [name]: wanted }),
  beyond: (than, direction) => {
    const at = declared.indexOf(String(than));
    return { [name]: { in: direction === 'asc' ? declared.slice(at + 1) : declared.slice(0, Math.max(0, at)) } };
  },
});

/** "name" ascending, "-name" descending. */
export const parseSort = (sort: string): { readonly by: string; readonly direction: Direction } =>
  sort.startsWith('-') ? { by: sort.slice(1), direction: 'desc' } : { by: sort, direction: 'asc' };

const positionSchema = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);

const malformed = (): HeadroomError =>
  new HeadroomError('malformed', 'This cursor is not one that was handed out for this order.', {
    details: { fields: [{ field: 'cursor', message: 'Not a cursor of this order.' }] },
  });

/** Throws `malformed` for a cursor of another order. */
const readPosition = (cursor: string, sort: string) => {
  const [of, position = ''] = decodeCursor(cursor, 2);
  if (of !== sort) throw malformed();
  try {
    return positionSchema.parse(JSON.parse(position));
  } catch {
    throw malformed();
  }
};

const afterRow = <Row>(column: SortColumn<Row>, direction: Direction, value: Value, id: string): Condition => {
  const together = { AND: [column.equals(value), { id: { gt: id } }] };
  if (value === null) return direction === 'asc' ? together : { OR: [together, { NOT: column.equals(null) }] };
  const nullsAhead = column.isNullable && direction === 'asc' ? [column.equals(null)] : [];
  return { OR: [column.beyond(value, direction), together, ...nullsAhead] };
};

/**
 * Where a list goes on that may be sorted by one of several columns, then by id: what it costs does not grow with how far
 * one has come. `where` is empty without a cursor.
 */
export const keyset = <Row extends { readonly id: string }, By extends string>(
  columns: Readonly<Record<By, SortColumn<Row>>>,
  sort: By | `-${By}`,
  cursor: string | undefined,
) => {
  const { by, direction } = parseSort(sort);
  const column = columns[by as By];
  const condition = (): Condition => {
    if (cursor === undefined) return {};
    const [value, id] = readPosition(cursor, sort);
    return afterRow(column, direction, value, id);
  };
  return {
    where: condition(),
    orderBy: [column.orderBy(direction), { id: 'asc' as const }],
    cursorOf: (row: Row): string => encodeCursor(sort, JSON.stringify([column.value(row), row.id])),
  };
};
