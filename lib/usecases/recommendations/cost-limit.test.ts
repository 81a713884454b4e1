import { expect, it } from 'vitest';
import { allowedByCost } from './cost-limit';

const cost = (perMonthBefore: string, perMonthAfter: string) => ({
  currency: 'EUR',
  perHourBefore: '0',
  perHourAfter: '0',
  perMonthBefore,
  perMonthAfter,
});

it('lets through what costs at most so much more, to the cent, and what costs less', () => {
  const limit = { automaticUpTo: '10.00' };
  expect(allowedByCost(limit, cost('20.10', '30.10'))).toBe(
    'cost limit: it costs 10.00 EUR more per month, up to 10.00 EUR need no person',
  );
  expect(allowedByCost(limit, cost('20.10', '30.11'))).toBeNull();
  expect(allowedByCost(limit, cost('30.10', '20.10'))).toContain('no more than now');
});

it('asks a person where the policy has no limit, and where the cost is not known', () => {
  expect(allowedByCost({}, cost('0.00', '0.00'))).toBeNull();
  expect(allowedByCost({ automaticUpTo: '1000000' }, null)).toBeNull();
});
