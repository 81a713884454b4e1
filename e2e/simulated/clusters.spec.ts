import { showCluster } from '../clusters';
import { latestOperation } from '../operations';
import { expect, test } from '../test';

test('bad input is told beside its field and creates nothing', async ({ installation, console: page, keepPicture }) => {
  await page.goto('/clusters/new');
  await page.getByLabel('Name').fill('Bad Name');
  await page.getByRole('spinbutton', { name: 'Memory of a node' }).fill('300');
  await page.getByLabel('Nodes').fill('0');
  await page.getByRole('button', { name: /create/i }).click();
  for (const label of ['Name', 'Nodes']) {
    await expect(page.getByLabel(label)).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByRole('spinbutton', { name: 'Memory of a node' })).toHaveAttribute('aria-invalid', 'true');
  await keepPicture('cluster-new-refused');
  expect(await installation.cli('cluster', 'list', '--json')).not.toContain('Bad Name');
});

test('a cluster is created in the browser with its plan in sight', async ({ console: page, keepPicture }) => {
  await page.goto('/clusters/new');
  await page.getByLabel('Name').fill('press');
  await page.getByLabel('Nodes').fill('1');
  await expect(page.getByText('press-1', { exact: true })).toBeVisible();
  await keepPicture('cluster-new-plan');
  await page.getByRole('button', { name: /create/i }).click();
  await expect(page).toHaveURL(/\/operations\//);
  await expect.poll(async () => (await latestOperation(page, 'press')).state, { timeout: 90_000 }).toBe('done');
  await page.goto('/clusters/press');
  const nodes = page.getByRole('table', { name: 'Nodes of press' });
  await expect(nodes.getByRole('row', { name: /press-1/ }).getByText('healthy')).toBeVisible();
});

test('a node fails over after its plan was read, and clients notice nothing', async ({
  console: page,
  keepPicture,
}) => {
  // Names are never used twice, so which ones there are depends on what was changed before.
  const before = await showCluster(page, 'shop');
  const from = before.nodes[0]?.name ?? '';
  await page.goto('/clusters/shop');
  const nodes = page.getByRole('table', { name: 'Nodes of shop' });
  await nodes.getByRole('button', { name: `Actions for ${from}` }).click();
  await page.getByRole('menuitem', { name: 'Fail over…' }).click();
  const sheet = page.getByRole('dialog', { name: `Fail over ${from}` });
  await expect(sheet.getByText(/outage/)).toBeVisible();
  await keepPicture('failover-plan');
  await sheet.getByRole('button', { name: 'Fail over' }).click();
  await expect(sheet).toBeHidden();

  await expect(nodes.getByRole('row', { name: /^shop-/ })).toHaveCount(before.nodes.length + 1, { timeout: 60_000 });
  await keepPicture('cluster-changing');
  await expect(nodes.getByRole('row', { name: new RegExp(`^${from}\\b`) })).toBeHidden({ timeout: 60_000 });
  await expect.poll(async () => (await latestOperation(page, 'shop')).state).toBe('done');
  const { receipt } = await latestOperation(page, 'shop');
  expect(receipt?.requests).toBeGreaterThan(0);
  expect(receipt?.failed).toBe(0);
});

test('an operation that is cancelled before traffic has moved leaves everything as it was', async ({
  installation,
  console: page,
}) => {
  const { nodes } = await showCluster(page, 'shop');
  // One right after the other, so that no VM is there yet.
  const headers = { origin: installation.url };
  const accepted = await page.request.patch('/api/v1/clusters/shop/requirements', {
    data: { shape: { vcpus: 2, memoryMiB: 512 } },
    headers,
  });
  const { operation } = await accepted.json();
  const cancelled = await page.request.post(`/api/v1/operations/${operation.id}/cancel`, { headers });
  expect(cancelled.ok()).toBe(true);
  await expect.poll(async () => (await latestOperation(page, 'shop')).state, { timeout: 90_000 }).toBe('cancelled');
  const after = await showCluster(page, 'shop');
  const names = (list: readonly { readonly name: string }[]) => list.map((node) => node.name).sort();
  expect(names(after.nodes)).toEqual(names(nodes));
  expect(after.requirements.shape).toMatchObject({ vcpus: 1, memoryMiB: 256 });
  await page.goto('/operations');
  await expect(page.getByRole('row', { name: /Change shop.*cancelled/ })).toBeVisible();
});
