import { describe, expect, it } from 'vitest';
import { isNarrowed, type ListSpec, listHref, listQuery, parseListState, sortedAs, toggledSort } from './list-state';

const SPEC: ListSpec = {
  path: '/vms',
  sort: 'name',
  sorts: ['name', 'memory'],
  filters: { state: ['running', 'failed'], host: null },
};

describe('the state of a list', () => {
  it('comes back from the address it is written to', () => {
    const state = {
      q: 'shop',
      sort: '-memory',
      filters: { state: 'failed', host: 'paris-1' },
      columns: ['name', 'state'],
    };
    const params = Object.fromEntries(new URL(listHref(SPEC, state), 'http://console').searchParams);
    expect(parseListState(SPEC, params)).toEqual(state);
    expect(listQuery(SPEC, state)).toEqual({ q: 'shop', sort: '-memory', state: 'failed', host: 'paris-1' });
    expect(isNarrowed(state)).toBe(true);
  });

  it('leaves out what the list does not know', () => {
    const state = parseListState(SPEC, { q: ['a', 'b'], sort: 'secret', state: 'exploded', other: 'x' });
    expect(state).toEqual({ q: '', sort: 'name', filters: {}, columns: null });
    expect(listHref(SPEC, state)).toBe('/vms');
    expect(isNarrowed(state)).toBe(false);
  });

  it('turns the order of a column round, and begins ascending with another', () => {
    expect([toggledSort('name', 'name'), toggledSort('-name', 'name'), toggledSort('-name', 'memory')]).toEqual([
      '-name',
      'name',
      'memory',
    ]);
    expect([sortedAs('-name', 'name'), sortedAs('name', 'name'), sortedAs('name', 'memory')]).toEqual([
      'desc',
      'asc',
      null,
    ]);
  });
});
