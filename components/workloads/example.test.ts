import { expect, it } from 'vitest';
import { parseWorkload } from '@/lib/workloads';
import { web } from '@/lib/workloads/web';
import { EXAMPLE_TEXT } from './example';

it('the example is a workload that may be added as it stands', () => {
  expect(parseWorkload(JSON.parse(EXAMPLE_TEXT)).name).toBe('hello');
});

it('the example needs no package that the default image lacks', () => {
  expect(web.packages).toEqual(expect.arrayContaining([...parseWorkload(JSON.parse(EXAMPLE_TEXT)).packages]));
});
