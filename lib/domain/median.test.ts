import { expect, it } from 'vitest';
import { median } from './median';

it('the median of nothing is not known', () => {
  expect(median([])).toBeNull();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});
