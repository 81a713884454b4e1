import { compareAsPeopleDo } from '@/components/ui/compare';
import type { DataColumn } from '@/components/ui/data-table';
import type { ListState } from './list-state';

export interface ListColumn<Row> extends DataColumn<Row> {
  /** Not shown unless chosen. */
  readonly isExtra?: boolean;
}

export interface ListFilter<Row> {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Its value of a row, or all of them, where the list is all in the browser. */
  readonly of?: (row: Row) => string | readonly string[];
}

/** Columns that are shown, in the list's order; those without a name of their own, such as acts, always are. */
export const shownColumns = <Row>(columns: readonly ListColumn<Row>[], chosen: readonly string[] | null) =>
  columns.filter(({ id, hideHeader, isExtra }) =>
    hideHeader === true ? true : chosen === null ? isExtra !== true : chosen.includes(id),
  );

/** A list that is all in the browser, narrowed and sorted as its state says. */
export const localRows = <Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  filters: readonly ListFilter<Row>[],
  state: ListState,
): readonly Row[] => {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (row: Row): string =>
    columns
      .map(({ text }) => (text === undefined ? '' : String(text(row))))
      .join('\n')
      .toLowerCase();
  const found = rows.filter(
    (row) =>
      filters.every(({ name, of }) => {
        const wanted = state.filters[name];
        return wanted === undefined || of === undefined || [of(row)].flat().includes(wanted);
      }) &&
      (words.length === 0 || words.every((word) => textOf(row).includes(word))),
  );
  const isDescending = state.sort.startsWith('-');
  const column = columns.find(({ id }) => id === state.sort.replace(/^-/, ''));
  const by = column?.sortBy ?? column?.text;
  if (by === undefined) return found;
  return [...found].sort((a, b) => (isDescending ? -1 : 1) * compareAsPeopleDo(by(a), by(b)));
};
