import { axeFindings } from '../axe';
import { callApi } from '../samples';
import { expect, keepPicture, test } from '../test';

test('a policy is written, asks for approval with its evidence, and is told no', async ({ console: page }) => {
  await page.goto('/policies');
  await page.getByRole('link', { name: 'Add policy' }).click();
  await expect(page.getByRole('heading', { name: 'Add policy', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Add policy' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be saved yet' })).toBeVisible();
  await page.getByLabel('Name').fill('peak');
  await page.getByLabel('Cluster', { exact: true }).click();
  await page.getByRole('option', { name: 'shop', exact: true }).click();
  await page.getByLabel('Mode').click();
  await page.getByRole('option', { name: 'Approval' }).click();
  await page.getByLabel('Above').fill('1');
  await page.getByLabel('For', { exact: true }).first().fill('0');
  await page.getByLabel('Below').fill('0.8');
  await expect(page.getByText('Shrinking would at once ask for growth again')).toBeVisible();
  const lastWeek = page.getByRole('region', { name: 'Last week' });
  await expect(lastWeek.getByRole('img', { name: 'CPU last week' })).toBeVisible();
  await expect(lastWeek.getByText(/It would have/)).toBeVisible();
  await keepPicture(page, 'policy-new');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('checkbox', { name: 'Shrink' }).click();
  await page.getByRole('button', { name: 'Add policy' }).click();

  await expect(page.getByRole('heading', { name: 'peak', level: 1 })).toBeVisible();
  const evaluations = page.getByRole('region', { name: 'Evaluations' });
  await expect(evaluations.getByText(/above 1 %.*2 → 3 nodes/).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('table', { name: 'Figures' })).toBeVisible();
  await expect(page.getByRole('img', { name: /CPU of the replay/ })).toBeVisible();
  await keepPicture(page, 'policy');
  expect(await axeFindings(page)).toEqual([]);

  await page.goto('/approvals');
  const card = page.getByRole('region', { name: /shop: 2 → 3 nodes/ });
  // Creating the demo cluster counts as a change: its cool-down may still hold.
  await expect(card.getByText(/^CPU of the cluster is .*above 1 %/)).toBeVisible({ timeout: 90_000 });
  await keepPicture(page, 'approvals');
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 375, height: 800 });
  const approve = await card.getByRole('button', { name: 'Approve' }).boundingBox();
  expect(approve?.height).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await keepPicture(page, 'approvals-phone');
  await card.getByRole('link', { name: /shop: 2 → 3 nodes/ }).click();
  await expect(page.getByRole('heading', { name: /shop: 2 → 3 nodes/, level: 1 })).toBeVisible();
  await expect(page.getByText('Cost per month', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /before this was asked/ })).toBeVisible();
  const reject = page.getByRole('button', { name: 'Reject' });
  await expect(reject).toBeInViewport({ ratio: 1 });
  expect((await reject.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await keepPicture(page, 'approval-phone');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel('Comment').fill('not now');
  await reject.click();
  await expect(page.getByRole('status').filter({ hasText: 'Rejected' })).toContainText('not now');
  await keepPicture(page, 'approval-decided-phone');
  await page.goto('/approvals');
  await expect(page.getByRole('main').getByText('Nothing waits for you')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Decided' }).getByText(/not now/)).toBeVisible();

  await page.goto('/policies/peak');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await keepPicture(page, 'policy-phone');
  await page.goto('/policies/peak/edit');
  await page.getByRole('radio', { name: 'Calendar' }).click();
  await expect(page.getByRole('region', { name: 'Next runs' }).getByRole('listitem')).toHaveCount(10);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await keepPicture(page, 'policy-calendar-phone');
  expect(await axeFindings(page)).toEqual([]);
  await page.goto('/policies/peak');
  await page.getByRole('button', { name: 'Delete policy…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete policy' }).click();
  await expect(page.getByText('No policies yet')).toBeVisible({ timeout: 60_000 });
});

test('the year of a calendar is seen day by day, and what was written by the API is there', async ({
  console: page,
}) => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'];
  await callApi(page, 'POST', '/policies', {
    name: 'year',
    cluster: 'shop',
    rule: {
      kind: 'calendar',
      zone: 'Europe/Paris',
      base: { nodes: 2 },
      entries: [
        { name: 'office hours', size: { nodes: 3 }, when: { kind: 'weekly', days, from: '08:00', to: '18:00' } },
        { name: 'peak months', priority: 1, size: { nodes: 4 }, when: { kind: 'months', months: [5, 12] } },
      ],
    },
  });
  await page.goto('/policies');
  await page.getByRole('link', { name: 'Calendar', exact: true }).click();
  await page.goto('/policies/calendar?year=2026');
  await expect(page.getByRole('heading', { name: 'Calendar 2026', level: 1 })).toBeVisible();
  const year = page.getByRole('region', { name: /^year/ });
  await expect(year.getByRole('table', { name: 'December' })).toContainText('2026-12-24: peak months all day');
  await expect(year.getByRole('table', { name: 'January' })).toContainText('2026-01-05: office hours 08:00–18:00');
  await keepPicture(page, 'calendar-year');
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 375, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  await keepPicture(page, 'calendar-year-phone');
  await page.getByRole('link', { name: '2027' }).click();
  await expect(page.getByRole('heading', { name: 'Calendar 2027', level: 1 })).toBeVisible();
  await callApi(page, 'DELETE', '/policies/year');
});
