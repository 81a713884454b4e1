import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axeFindings } from '../axe';
import { expect, keepPicture, test } from '../test';

const PHONE = { width: 375, height: 800 } as const;
const DESK = { width: 1440, height: 900 } as const;

/** What a click on a link saves, as the browser wrote it. */
const saved = async (page: Page, name: string): Promise<{ readonly fileName: string; readonly content: Buffer }> => {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const file = await download;
  return { fileName: file.suggestedFilename(), content: await readFile(await file.path()) };
};

const keep = async (page: Page, name: string): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  await keepPicture(page, name);
  await page.setViewportSize(PHONE);
  await keepPicture(page, `${name}-phone`);
  await page.setViewportSize(DESK);
};

test('two clicks lead from a line of a statement to who had it run, why, by which operation and rate', async ({
  console: page,
}) => {
  await page.goto('/cost/statements');
  await page
    .getByRole('table', { name: 'Statements' })
    .getByRole('link', { name: /default/ })
    .first()
    .click();
  await expect(page.getByRole('table', { name: 'Lines' })).toBeVisible();
  const pdf = await saved(page, 'PDF');
  expect(pdf.fileName).toMatch(/^headroom-statement-\d{4}-\d{2}\.default\.pdf$/);
  expect(pdf.content.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await saved(page, 'CSV')).content.toString()).toMatch(/^line,month,cluster,/);
  await keep(page, 'statement-draft');
  await page.getByRole('link', { name: 'Line 1: its intervals' }).click();
  await page.getByRole('table', { name: 'Usage' }).getByRole('link').first().click();
  const why = page.getByRole('region', { name: 'Why' });
  await expect(why.getByText('Asked by')).toBeVisible();
  await expect(why.getByText('Approved by')).toBeVisible();
  await expect(why.getByRole('link').first()).toHaveAttribute('href', /^\/operations\//);
  await page.getByRole('link', { name: 'version 1' }).first().click();
  await expect(page).toHaveURL(/\/cost\/rates#rate-1$/);
});

test('statements are sent to those who are chosen, on a day, until they are not', async ({ console: page }) => {
  await page.goto('/cost/statements');
  await page.getByRole('button', { name: 'Send by mail' }).click();
  const sheet = page.getByRole('dialog', { name: 'Send statements by mail' });
  await sheet.getByLabel('To').fill('not an address');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(sheet.getByText('An e-mail address.')).toBeVisible();
  await sheet.getByLabel('To').fill('cfo@example.org, ada@example.org');
  await sheet.getByRole('button', { name: 'Save' }).click();
  const schedules = page.getByRole('table', { name: 'Sent by mail' });
  await expect(schedules.getByText('cfo@example.org, ada@example.org')).toBeVisible();
  await keep(page, 'statements-schedule');
  await schedules.getByRole('button', { name: 'Send statements of all others no longer' }).click();
  await page.getByRole('button', { name: 'Send no longer', exact: true }).click();
  await expect(page.getByText('Nobody is sent statements')).toBeVisible();
});

test('a budget with a cap says when it will be passed; months are compared', async ({ console: page }) => {
  await page.goto('/cost/budgets');
  await page.getByRole('button', { name: 'Set budget' }).click();
  const sheet = page.getByRole('dialog', { name: 'Set a budget' });
  await sheet.getByLabel('Cluster', { exact: true }).fill('shop');
  await sheet.getByLabel('Per month').fill('0.01');
  await sheet.getByRole('checkbox', { name: /Automatic policies ask/ }).click();
  await sheet.getByRole('button', { name: 'Set budget' }).click();
  const budgets = page.getByRole('table', { name: 'Budgets' });
  await expect(budgets.getByText(/^(will be passed|passed)$/)).toBeVisible();
  await expect(budgets.getByText('policies ask before it is passed')).toBeVisible();
  await keep(page, 'budgets-cap');
  await budgets.getByRole('button', { name: 'Take the budget of shop away' }).click();
  await page.getByRole('button', { name: 'Take away', exact: true }).click();
  await expect(page.getByText('No budgets')).toBeVisible();
  await page.goto('/cost');
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option').nth(3).click();
  await expect(page).toHaveURL(/compareTo=\d{4}-\d{2}/);
  await keep(page, 'cost-compare');
});

test('the audit trail is verified down to statement lines, exported, and kept as long as it is to be', async ({
  console: page,
}) => {
  await page.goto('/audit');
  await page.getByRole('button', { name: 'Verify' }).click();
  const verdict = page.getByRole('dialog', { name: 'Audit trail' });
  await expect(verdict.getByText('Everything is as it was written')).toBeVisible();
  for (const chain of ['audit trail', 'usage ledger', 'rates', 'statements'])
    await expect(verdict.getByText(`${chain}: whole`, { exact: true })).toBeVisible();
  await keep(page, 'audit-verified');
  await verdict.getByRole('button', { name: 'Close' }).first().click();
  expect((await saved(page, 'Export')).content.toString()).toMatch(/^seq,at,actor,action,/);
  await page.getByRole('button', { name: 'Retention' }).click();
  const sheet = page.getByRole('dialog', { name: 'How long entries are kept' });
  await sheet.getByLabel('Months').fill('120');
  await sheet.getByLabel('Reason').fill('ten years by law');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('They are kept for 120 months.')).toBeVisible();
});
