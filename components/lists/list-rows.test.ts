import { describe, expect, it } from 'vitest';
import { type ListColumn, localRows, shownColumns } from './list-rows';

interface Host {
  readonly name: string;
  readonly labels?: readonly string[];
  readonly vms: number;
  readonly state: string;
}

const COLUMNS: readonly ListColumn<Host>[] = [
  { id: 'name', header: 'Host', text: (host) => host.name, cell: (host) => host.name },
  { id: 'vms', header: 'VMs', text: (host) => host.vms, cell: (host) => host.vms },
  { id: 'seen', header: 'Seen', isExtra: true, cell: () => null },
  { id: 'acts', header: 'Acts', hideHeader: true, cell: () => null },
];
const FILTERS = [
  { name: 'state', label: 'State', options: [], of: (host: Host) => host.state },
  { name: 'label', label: 'Label', options: [], of: (host: Host) => host.labels ?? [] },
];
const ROWS: readonly Host[] = [
  { name: 'paris-10', vms: 2, state: 'up' },
  { name: 'paris-9', vms: 11, state: 'down' },
  { name: 'lyon-1', vms: 3, state: 'up', labels: ['ssd', 'rack=b4'] },
];
const names = (state: Partial<Parameters<typeof localRows>[3]>) =>
  localRows(ROWS, COLUMNS, FILTERS, { q: '', sort: 'name', filters: {}, columns: null, ...state }).map(
    ({ name }) => name,
  );

describe('a list that is all in the browser', () => {
  it('is sorted as people count, either way', () => {
    expect(names({})).toEqual(['lyon-1', 'paris-9', 'paris-10']);
    expect(names({ sort: '-vms' })).toEqual(['paris-9', 'lyon-1', 'paris-10']);
  });

  it('is narrowed by every word and every filter', () => {
    expect(names({ q: 'PARIS 11' })).toEqual(['paris-9']);
    expect(names({ filters: { state: 'up' }, q: 'paris' })).toEqual(['paris-10']);
  });

  it('is narrowed by any one of several values of a row', () => {
    expect(names({ filters: { label: 'rack=b4' } })).toEqual(['lyon-1']);
    expect(names({ filters: { label: 'rack' } })).toEqual([]);
  });

  it('shows extra columns when chosen, and acts always', () => {
    expect(shownColumns(COLUMNS, null).map(({ id }) => id)).toEqual(['name', 'vms', 'acts']);
    expect(shownColumns(COLUMNS, ['seen', 'name']).map(({ id }) => id)).toEqual(['name', 'seen', 'acts']);
  });
});
