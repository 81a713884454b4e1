import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import type { RouteSamples } from './routes';

const idSchema = z.object({ id: z.string() });
const listSchema = z.object({ items: z.array(idSchema) });
const POLICY = 'walk';

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

const RATES = {
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
} as const;

const firstOf = async (page: Page, path: string): Promise<string | null> =>
  listSchema.parse(await callApi(page, 'GET', path)).items[0]?.id ?? null;

const getFirstOf = async (page: Page, path: string): Promise<string> => {
  const id = await firstOf(page, path);
  if (id === null) throw new Error(`${path} is empty`);
  return id;
};

const namedSchema = z.object({ items: z.array(z.object({ name: z.string() })) });

/** Names of what the API lists there. */
export const namesAt = async (page: Page, path: string): Promise<readonly string[]> =>
  namedSchema.parse(await callApi(page, 'GET', path)).items.map(({ name }) => name);

/** Names of the VMs that run, of all clusters: journeys before may have replaced those that were first. */
export const runningVmNames = (page: Page): Promise<readonly string[]> => namesAt(page, '/vms?state=running');

/** The name of a VM of the demo's that runs. */
export const anyVmName = async (page: Page): Promise<string> => {
  const vm = (await runningVmNames(page)).find((name) => name.startsWith('shop-'));
  if (vm === undefined) throw new Error('no VM of the demo runs');
  return vm;
};

/**
 * What the walk through the console needs besides the demo: rates, and with them a statement; a policy that any load lets
 * ask for approval, and what it asks for. The policy and its recommendation are removed by `removeSamples`.
 */
export const makeSamples = async (page: Page): Promise<RouteSamples> => {
  await callApi(page, 'POST', '/rates', RATES);
  await callApi(page, 'POST', '/policies', {
    name: POLICY,
    cluster: 'shop',
    mode: 'approval',
    rule: { kind: 'threshold', metric: 'cpu', up: { above: 0.01, forMs: 0, step: { nodes: 1 } } },
    bounds: { cooldownUpMs: 0 },
  });
  const open = '/recommendations?state=open';
  await expect.poll(() => firstOf(page, open), { timeout: 90_000 }).not.toBeNull();
  return {
    cluster: 'shop',
    host: 'paris-1',
    vm: await anyVmName(page),
    workload: 'web',
    policy: POLICY,
    operation: await getFirstOf(page, '/operations'),
    statement: await getFirstOf(page, '/statements'),
    usage: await getFirstOf(page, '/usage'),
    recommendation: await getFirstOf(page, open),
  };
};

export const removeSamples = async (page: Page, { recommendation }: RouteSamples): Promise<void> => {
  await callApi(page, 'POST', `/recommendations/${recommendation}/reject`, { comment: 'only looked at' }).catch(
    // It may have been superseded, or have expired, meanwhile.
    () => undefined,
  );
  await callApi(page, 'DELETE', `/policies/${POLICY}`);
};
