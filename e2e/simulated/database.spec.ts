import { freezeDatabase } from '../freeze-database';
import { expect, test } from '../test';

const GIVEN_UP_MS = 45_000;

test('a database that stands still is said to, and pages come when they are asked for again', async ({
  console: page,
  installation,
}) => {
  const thaw = freezeDatabase(installation.home);
  try {
    await page.getByRole('link', { name: 'Hosts', exact: true }).click();
    const failed = page.getByRole('heading', { level: 1, name: 'This page could not be shown' });
    await expect(failed).toBeVisible({ timeout: GIVEN_UP_MS });
    const answer = await page.request.get('/api/v1/clusters');
    expect(answer.status()).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
    // Also what stands around every page cannot be read now.
    await page.goto('/vms', { timeout: GIVEN_UP_MS });
    await expect(failed).toBeVisible();
  } finally {
    thaw();
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'VMs' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'VMs' })).toBeVisible();
});
