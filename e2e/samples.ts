import type { Page } from '@playwright/test';
import { z } from 'zod';
import type { RouteSamples } from './routes';

const idSchema = z.object({ id: z.string() });
const listSchema = z.object({ items: z.array(idSchema).min(1) });
const POLICY = 'watch-only';

/** A request of the console's own page, by the session of whoever is signed in. */
export const callApi = async (
  page: Page,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  data?: object,
): Promise<unknown> => {
  const { origin } = new URL(page.url());
  const answer = await page.request.fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { origin },
    ...(data === undefined ? {} : { data }),
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
};

/**
 * What the walk through the console needs besides the demo: a policy that only observes, rates, and with them a
 * statement. `shop` has run for long enough to have used something. The policy is removed by `removeSamples`.
 */
export const makeSamples = async (page: Page): Promise<RouteSamples> => {
  const first = async (path: string): Promise<string> => {
    const [item] = listSchema.parse(await callApi(page, 'GET', path)).items;
    if (item === undefined) throw new Error(`${path} is empty`);
    return item.id;
  };
  await callApi(page, 'POST', '/policies', {
    name: POLICY,
    cluster: 'shop',
    rule: { kind: 'target', metric: 'cpu', value: 0.6 },
  });
  await callApi(page, 'POST', '/rates', {
    effectiveFrom: '2026-01-01',
    currency: 'EUR',
    vcpuHour: '0.02',
    memoryGiBHour: '0.005',
    diskGiBHour: '0.0001',
    volumeGiBHour: '0.0002',
    vipHour: '0.004',
    spareDiscountPercent: '50',
    minimumSeconds: 60,
    taxPercent: '20',
    reason: 'walk through the console',
  });
  return {
    cluster: 'shop',
    host: 'paris-1',
    workload: 'web',
    policy: POLICY,
    operation: await first('/operations'),
    statement: await first('/statements'),
    usage: await first('/usage'),
  };
};

export const removeSamples = async (page: Page): Promise<void> => {
  await callApi(page, 'DELETE', `/policies/${POLICY}`);
};
