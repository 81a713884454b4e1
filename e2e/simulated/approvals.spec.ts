import { z } from 'zod';
import { axeFindings } from '../axe';
import { showCluster } from '../clusters';
import { callApi } from '../samples';
import { expect, keepPicture, test, watchViolations } from '../test';

const NORA = { email: 'nora@example.org', name: 'Nora Night', password: 'a password of nora', role: 'oncall' };
const PHONE = { width: 375, height: 800 };

const openSchema = z.object({ items: z.array(z.object({ id: z.string(), cluster: z.object({ name: z.string() }) })) });
const auditSchema = z.object({ items: z.array(z.object({ action: z.string(), actor: z.string() })) });

test('on call: a mail comes at night, a press on the phone approves it without signing in, and the cluster grows', async ({
  console: page,
  installation,
  mailServer,
  browser,
}) => {
  const cluster = () => showCluster(page, 'night');
  const openOnes = async () =>
    openSchema
      .parse(await callApi(page, 'GET', '/recommendations?state=open'))
      .items.filter(({ cluster: of }) => of.name === 'night');
  await callApi(page, 'POST', '/users', NORA);
  await callApi(page, 'POST', '/notifications', {
    kind: 'role',
    name: 'on call',
    role: 'oncall',
    topics: ['recommendation'],
  });
  await callApi(page, 'POST', '/clusters', {
    name: 'night',
    workload: 'web',
    requirements: { nodes: 1, shape: { vcpus: 1, memoryMiB: 256 } },
  });
  await expect.poll(cluster, { timeout: 60_000 }).toMatchObject({ state: 'running', activeOperation: null });
  await callApi(page, 'POST', '/clusters/night/load', { requestsPerSecond: 100 });
  await callApi(page, 'POST', '/policies', {
    name: 'night-peak',
    cluster: 'night',
    mode: 'approval',
    rule: { kind: 'threshold', metric: 'cpu', up: { above: 0.01, forMs: 20_000, step: { nodes: 1 } } },
    bounds: { nodesMax: 2, cooldownUpMs: 0 },
  });

  await expect.poll(() => mailServer.mailsTo(NORA.email).length, { timeout: 90_000 }).toBeGreaterThan(0);
  const [mail] = mailServer.mailsTo(NORA.email);
  expect(mail?.text).toContain('night: 1 → 2 nodes wants your approval');
  expect(mail?.text).toContain('Expected outage');
  const link = /http\S+\/decide\?token=\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  expect(new URL(link).origin).toBe(new URL(installation.url).origin);

  // Nobody is signed in there.
  const phone = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true });
  const violations = await watchViolations(phone);
  const screen = await phone.newPage();
  await screen.goto(link);
  await expect(screen.getByRole('heading', { name: 'night: 1 → 2 nodes', level: 1 })).toBeVisible();
  await expect(screen.getByText(`You answer as ${NORA.email}`)).toBeVisible();
  await expect(screen.getByText('Expected outage', { exact: true })).toBeVisible();
  await expect(screen.getByRole('img', { name: /CPU before this was asked/ })).toBeVisible();
  expect(await screen.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  for (const name of ['Approve', 'Reject']) {
    const button = screen.getByRole('button', { name });
    await expect(button).toBeInViewport({ ratio: 1 });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
  expect(await axeFindings(screen)).toEqual([]);
  await keepPicture(screen, 'decide-phone');
  expect(await openOnes()).toHaveLength(1);

  await screen.getByLabel('Comment').fill('go, I am in bed');
  await screen.getByRole('button', { name: 'Approve' }).click();
  const outcome = screen.getByRole('status').filter({ hasText: 'Approved' });
  await expect(outcome).toContainText(NORA.email);
  await keepPicture(screen, 'decide-phone-answered');
  await screen.reload();
  await expect(outcome).toBeVisible();
  await expect(screen.getByRole('button', { name: 'Approve' })).toBeHidden();
  await screen.goto(`${link}x`);
  await expect(screen.getByRole('heading', { name: 'This link does not open' })).toBeVisible();
  expect(violations).toEqual([]);
  await phone.close();

  await expect.poll(async () => (await cluster()).nodes.length, { timeout: 60_000 }).toBe(2);
  const audit = auditSchema.parse(await callApi(page, 'GET', '/audit?limit=100'));
  expect(audit.items).toContainEqual({ action: 'recommendation.approve', actor: NORA.email });

  await callApi(page, 'DELETE', '/policies/night-peak');
  await expect.poll(cluster, { timeout: 60_000 }).toMatchObject({ state: 'running', activeOperation: null });
  await callApi(page, 'DELETE', '/clusters/night', { confirmName: 'night' });
});
