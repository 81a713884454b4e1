import { showCluster } from '../clusters';
import { latestOperation } from '../operations';
import { expect, test } from '../test';

test('the map shows a failover as it happens: a node joins, the VIP moves, the old node drains and is gone', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  const findHolder = async () => (await showCluster(page, 'shop')).nodes.find((node) => node.vipHolder === true);
  await expect.poll(findHolder).toBeDefined();
  const holder = await findHolder();
  if (holder === undefined) throw new Error('nobody holds the VIP');
  const map = page.getByRole('region', { name: 'Map' });
  await expect(map.getByRole('link', { name: `${holder.name} VIP` })).toBeVisible();

  const accepted = await page.request.post('/api/v1/clusters/shop/failover', {
    data: { from: holder.name },
    headers: { origin: installation.url },
  });
  expect(accepted.status()).toBe(202);
  await expect(page.getByRole('region', { name: 'Happening now' }).getByText('Fail over shop')).toBeVisible();
  const told = map.getByRole('list', { name: 'What just happened' });
  // Two states that follow each other within a second may be told as one.
  await expect(told).toContainText(/shop-\d+ on \S+ (joins|takes traffic)/, { timeout: 60_000 });
  await keepPicture('overview-failover');
  await expect(told).toContainText(new RegExp(`shop: the VIP moves from ${holder.name} to shop-\\d+`), {
    timeout: 60_000,
  });
  await expect(told).toContainText(`${holder.name} on ${holder.host} is gone`, { timeout: 60_000 });
  await expect(map.getByRole('link', { name: /^shop-\d+ VIP$/ })).toBeVisible();
  await expect(map.getByRole('link', { name: holder.name, exact: true })).toBeHidden();
  await expect.poll(async () => (await latestOperation(page, 'shop')).state).toBe('done');
});

test('today’s requests and cost are on the overview, and nothing waits for a person', async ({ console: page }) => {
  await page.goto('/');
  await expect(page.getByText('Requests today')).toBeVisible();
  await expect(page.getByText(/since 0:00 UTC/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/EUR an hour now/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Needs you now' })).toBeVisible();
});
