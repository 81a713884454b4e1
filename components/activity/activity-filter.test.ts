import { describe, expect, it } from 'vitest';
import { parseActivityFilter, toApiFilter, toHref } from './activity-filter';

describe('the filter of the activity list', () => {
  it('comes back from the address it is written to', () => {
    const filter = { show: 'ended', state: 'undone', cluster: 'shop' } as const;
    const params = Object.fromEntries(new URL(toHref(filter), 'http://console').searchParams);
    expect(parseActivityFilter(params)).toEqual(filter);
  });

  it('leaves out what the address has wrong', () => {
    const filter = parseActivityFilter({ show: 'everything', state: 'exploded', cluster: ['a', 'b'] });
    expect(filter).toEqual({ show: 'all', state: null, cluster: null });
    expect(toApiFilter(filter)).toEqual({});
    expect(toHref(filter)).toBe('/operations');
  });
});
