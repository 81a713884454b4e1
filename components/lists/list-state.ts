/** What a list is narrowed to, and how it is shown; all of it in the page's address, so that it can be sent to somebody. */
export interface ListState {
  readonly q: string;
  /** "name" ascending, "-name" descending. */
  readonly sort: string;
  /** Chosen values by the name of what is chosen. */
  readonly filters: Readonly<Record<string, string>>;
  /** Columns that are shown, in the list's own order; null: those that are shown unless one chooses. */
  readonly columns: readonly string[] | null;
}

/** What may stand in the address of a list. */
export interface ListSpec {
  readonly path: string;
  /** The order when none is given. */
  readonly sort: string;
  readonly sorts: readonly string[];
  /** Values that each filter takes; null: any text. */
  readonly filters: Readonly<Record<string, readonly string[] | null>>;
}

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

const Q_LENGTH_MAX = 100;
const VALUE_LENGTH_MAX = 200;

const one = (value: string | readonly string[] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

const bare = (sort: string): string => (sort.startsWith('-') ? sort.slice(1) : sort);

/** From the address; what the list does not know is left out, so that an old link still opens. */
export const parseListState = (spec: ListSpec, params: SearchParams): ListState => {
  const sort = one(params.sort);
  const filters = Object.entries(spec.filters).flatMap(([name, values]) => {
    const value = one(params[name])?.slice(0, VALUE_LENGTH_MAX) ?? null;
    return value !== null && (values === null || values.includes(value)) ? [[name, value] as const] : [];
  });
  return {
    q: (one(params.q) ?? '').slice(0, Q_LENGTH_MAX),
    sort: sort !== null && spec.sorts.includes(bare(sort)) ? sort : spec.sort,
    filters: Object.fromEntries(filters),
    columns: one(params.columns)?.split(',') ?? null,
  };
};

/** What follows the "?" of the list's address; empty for the list as it is. */
export const listSearch = (spec: ListSpec, { q, sort, filters, columns }: ListState): string =>
  new URLSearchParams({
    ...(q === '' ? {} : { q }),
    ...filters,
    ...(sort === spec.sort ? {} : { sort }),
    ...(columns === null ? {} : { columns: columns.join(',') }),
  }).toString();

export const listHref = (spec: ListSpec, state: ListState): string => {
  const search = listSearch(spec, state);
  return search === '' ? spec.path : `${spec.path}?${search}`;
};

/** As the API takes it: columns are none of its business. */
export const listQuery = (spec: ListSpec, { q, sort, filters }: ListState): Readonly<Record<string, string>> => ({
  ...(q.trim() === '' ? {} : { q: q.trim() }),
  ...filters,
  ...(sort === spec.sort ? {} : { sort }),
});

export const isNarrowed = ({ q, filters }: ListState): boolean => q.trim() !== '' || Object.keys(filters).length > 0;

/** A click on a column's name: ascending, then descending. */
export const toggledSort = (sort: string, column: string): string => (sort === column ? `-${column}` : column);

export const sortedAs = (sort: string, column: string): 'asc' | 'desc' | null =>
  bare(sort) !== column ? null : sort.startsWith('-') ? 'desc' : 'asc';
