import { expect, it } from 'vitest';
import { barsOf, GROUPS_DRAWN } from './cost-bars';

const view = (groups: number) => ({
  days: ['2026-11-01', '2026-11-02'],
  groups: Array.from({ length: groups }, (_, i) => ({
    key: `k${i}`,
    label: `shop ${i}`,
    perDay: ['1.5', '2'],
    total: '3.50',
    previous: '0.00',
  })),
});

it('draws all groups while colours last', () => {
  const { bars, rows } = barsOf(view(2));
  expect(bars.map(({ label }) => label)).toEqual(['shop 0', 'shop 1']);
  expect(rows).toEqual([
    { day: '2026-11-01', g0: 1.5, g1: 1.5 },
    { day: '2026-11-02', g0: 2, g1: 2 },
  ]);
});

it('draws what is left as one, so that the height of a day stays its cost', () => {
  const { bars, rows } = barsOf(view(GROUPS_DRAWN + 3));
  expect(bars.at(-1)).toEqual({ key: 'rest', label: '3 others', colour: GROUPS_DRAWN + 1 });
  expect(rows[1]?.rest).toBe(6);
});
