import type { Page } from '@playwright/test';
import { axeFindings } from '../axe';
import { type ConsoleRoute, headingOf, pathOf, ROUTES, type RouteSamples } from '../routes';
import { makeSamples, removeSamples } from '../samples';
import { expect, keepPicture, test } from '../test';

const WALK_DEADLINE_MS = 10 * 60_000;
const DESK = { width: 1440, height: 900 } as const;
const PHONE = { width: 375, height: 800 } as const;

/** Everything one page owes to everybody: soft, so that a walk tells all that it found. */
const visit = async (page: Page, route: ConsoleRoute, samples: RouteSamples): Promise<void> => {
  const { name } = route;
  await page.setViewportSize(DESK);
  await page.goto(pathOf(route, samples));
  await expect.soft(page.getByRole('heading', { level: 1, name: headingOf(route, samples) }), name).toBeVisible();
  await expect.soft(page.getByRole('heading', { level: 1 }), `${name} has one h1`).toHaveCount(1);
  await expect.soft(page, `${name} has a title`).toHaveTitle(/Headroom/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await axeFindings(page), `axe on ${name}, ${colorScheme}`).toEqual([]);
  }
  await keepPicture(page, name);
  await page.setViewportSize(PHONE);
  expect.soft(await axeFindings(page), `axe on ${name}, phone`).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${name} does not scroll sideways on a phone`).toBeLessThanOrEqual(PHONE.width);
  await keepPicture(page, `${name}-phone`);
};

test('every page is sound: one heading, no error, nothing for axe in either theme, no sideways scroll', async ({
  installation,
  console: page,
  browser,
}) => {
  test.setTimeout(WALK_DEADLINE_MS);
  const samples = await makeSamples(page);
  const strangers = await browser.newContext({ baseURL: installation.url });
  const stranger = await strangers.newPage();
  const errors: string[] = [];
  for (const one of [page, stranger]) {
    one.on('pageerror', (error) => errors.push(`${one.url()}: ${error.message}`));
    one.on('console', (message) => message.type() === 'error' && errors.push(`${one.url()}: ${message.text()}`));
  }
  for (const route of ROUTES) {
    await test.step(route.page, () => visit(route.isPublic ? stranger : page, route, samples));
  }
  expect.soft(errors).toEqual([]);
  await removeSamples(page, samples);
  await strangers.close();
});

test('the console says that VMs are simulated', async ({ console: page }) => {
  await expect(page.getByRole('status').filter({ hasText: 'Simulated hypervisor' })).toBeVisible();
});
