import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { axeFindings } from '../axe';
import { anyVmName, callApi, runningVmNames } from '../samples';
import { expect, keepPicture, test } from '../test';
import { tooltipOf } from '../tooltip';

const MODIFIED_K = 'Control+k';

test('the command palette finds pages, acts and what exists, by keys alone', async ({ console: page }) => {
  await page.keyboard.press(MODIFIED_K);
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await expect(palette).toBeVisible();
  await page.keyboard.type('sho');
  await expect(palette.getByRole('option', { name: /^shop cluster/ })).toBeVisible();
  await expect(palette.getByRole('option', { name: /^shop-\d+ vm/ }).first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await keepPicture(page, 'palette');
  await palette.getByRole('combobox').fill('dark theme');
  await expect(palette.getByRole('option', { name: /^Dark theme/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press(MODIFIED_K);
  await palette.getByRole('combobox').fill('light theme');
  await expect(palette.getByRole('option', { name: /^Light theme/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.keyboard.press(MODIFIED_K);
  await palette.getByRole('combobox').fill('shop');
  await palette.getByRole('option', { name: /^shop cluster/ }).click();
  await expect(page.getByRole('heading', { name: 'shop', level: 1 })).toBeVisible();
});

test('two keys go to every page, "?" says which, and keys typed into a field stay there', async ({ console: page }) => {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const rows = help.getByRole('region', { name: 'Go to' }).getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  await keepPicture(page, 'shortcuts');
  const shown = await rows.evaluateAll((items) =>
    items.map((item) => ({
      label: item.querySelector('span')?.textContent ?? '',
      keys: [...item.querySelectorAll('kbd')].map((key) => key.textContent ?? ''),
    })),
  );
  expect(shown.length).toBeGreaterThanOrEqual(12);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  for (const { label, keys } of shown) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: label })).toHaveAttribute(
      'aria-current',
      'page',
    );
  }
  await page.goto('/vms');
  const field = page.getByRole('searchbox');
  // Keys are heard from the moment the page is alive.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await field.clear();
  await page.keyboard.type('gc?');
  await expect(field).toHaveValue('gc?');
  await expect(page).toHaveURL(/\/vms\?q=gc/);
});

test('a list is narrowed, sorted, shown, saved and exported as its address says', async ({ console: page }) => {
  const vm = await anyVmName(page);
  const all = (await runningVmNames(page)).length + 1;
  await page.goto('/vms?state=running&sort=-host&columns=name,host,mac');
  const table = page.getByRole('table', { name: 'VMs' });
  await expect(table.getByRole('columnheader')).toHaveText(['VM', 'Host', 'MAC']);
  await expect(table.getByRole('columnheader', { name: 'Host' })).toHaveAttribute('aria-sort', 'descending');
  await expect(table.getByRole('row')).toHaveCount(all);
  await table.getByRole('button', { name: 'Host' }).click();
  await expect(page).toHaveURL(/sort=host/);
  const hosts = async () => table.locator('tbody tr td:nth-child(2)').allTextContents();
  await expect.poll(async () => [...(await hosts())].sort().join() === (await hosts()).join()).toBe(true);

  await page.getByRole('searchbox').fill(vm);
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(page.getByText('1 VM', { exact: true })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const file = await (await download).path();
  expect(await readFile(file, 'utf8')).toMatch(new RegExp(`^VM,Host,MAC\\r\\n${vm},[a-z]+-\\d,[0-9a-f:]+\\r\\n$`));

  await page.getByRole('button', { name: 'Saved' }).click();
  await page.getByLabel('Save what is shown as').fill('only the first');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'only the first', exact: true })).toBeVisible();
  // The list has it at once; the field is emptied when the server has it too.
  await expect(page.getByLabel('Save what is shown as')).toHaveValue('');
  await keepPicture(page, 'list-saved');
  await page.goto('/vms');
  await expect(table.getByRole('row')).toHaveCount(all);
  await page.getByRole('button', { name: 'Saved (1)' }).click();
  await page.getByRole('button', { name: 'only the first', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`q=${vm}`));
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Saved (1)' }).click();
  await page.getByRole('button', { name: 'Forget only the first' }).click();
  await expect(page.getByText('Nothing saved for this list yet.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Address' }).click();
  await expect(table.getByRole('columnheader', { name: 'Address' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(table.getByRole('row')).toHaveCount(all);
});

test('the bell tells of what one asked for, and what is read stays read', async ({ console: page, installation }) => {
  await page.goto('/clusters/shop');
  const origin = installation.url;
  const { requirements } = z
    .object({ requirements: z.object({ nodes: z.int() }) })
    .parse(await callApi(page, 'GET', '/clusters/shop'));
  const answer = await page.request.patch(`${origin}/api/v1/clusters/shop/requirements`, {
    headers: { origin },
    data: { nodes: requirements.nodes + 1, reason: 'to hear of it' },
  });
  expect(answer.status()).toBe(202);
  await expect(page.getByRole('status').filter({ hasText: /unread notification/ })).toBeAttached({ timeout: 90_000 });
  await page.keyboard.press('n');
  const bell = page.getByRole('dialog', { name: 'Notifications' });
  await expect(bell.getByRole('link', { name: /shop is done ?, unread/ }).first()).toBeVisible({ timeout: 90_000 });
  expect(await axeFindings(page)).toEqual([]);
  await keepPicture(page, 'notifications');
  await bell.getByRole('button', { name: 'Mark all read' }).click();
  await expect(bell.getByRole('link', { name: /unread/ })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: /unread notification/ })).toHaveCount(0);
  await page.request.patch(`${origin}/api/v1/clusters/shop/requirements`, {
    headers: { origin },
    data: { nodes: requirements.nodes, reason: 'as before' },
  });
  await expect(page.getByRole('status').filter({ hasText: /unread notification/ })).toBeAttached({ timeout: 90_000 });
});

test('preferences hold at once and on the next visit', async ({ console: page }) => {
  await page.goto('/account');
  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await page.getByRole('radio', { name: 'Compact' }).click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.goto('/audit');
  await expect(await tooltipOf(page.locator('tbody time').first())).toContainText(/GMT\+9|JST/);
  await expect(page.locator('[data-density="compact"]')).toBeAttached();
  await page.goto('/account');
  await page.getByRole('combobox', { name: 'Time zone' }).click();
  await page.getByRole('option', { name: 'That of this browser' }).click();
  await page.getByRole('radio', { name: 'Comfortable' }).click();
  await page.getByRole('radio', { name: 'System' }).click();
  await expect(page.locator('[data-density="comfortable"]')).toBeAttached();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('a word explains itself, and the menu of a phone leads everywhere', async ({ console: page }) => {
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: /^Virtual address/ }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Virtual IP (VIP)' })).toContainText('The one address clients use');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 375, height: 800 });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('dialog', { name: 'Menu' }).getByRole('link', { name: 'Hosts' }).click();
  await expect(page.getByRole('heading', { name: 'Hosts', level: 1 })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeHidden();
  await page.getByRole('button', { name: 'Notifications' }).click();
  await keepPicture(page, 'notifications-phone');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
});
