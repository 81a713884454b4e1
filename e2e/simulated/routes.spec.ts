import type { Browser, Page } from '@playwright/test';
import { ROUTE_SCRIPT_KB_MAX, readRouteScripts } from '@/lib/setup/route-scripts';
import type { Installation } from '@/lib/setup/testing-installation';
import { axeFindings } from '../axe';
import { type ConsoleRoute, headingOf, pathOf, ROUTES, type RouteSamples } from '../routes';
import { makeSamples, removeSamples } from '../samples';
import { expect, keepPicture, test } from '../test';

const WALK_DEADLINE_MS = 10 * 60_000;
/** As many as workers: each walks a part in an installation of its own. */
const PARTS = 2;
const DESK = { width: 1440, height: 900 } as const;
const PHONE = { width: 375, height: 800 } as const;

/** Everything one page owes to everybody: soft, so that a walk tells all that it found. */
const visit = async (page: Page, route: ConsoleRoute, samples: RouteSamples): Promise<void> => {
  const { name } = route;
  await page.setViewportSize(DESK);
  await page.goto(pathOf(route, samples));
  if (route.leadsTo !== undefined) await expect.soft(page, name).toHaveURL(route.leadsTo);
  await expect.soft(page.getByRole('heading', { level: 1, name: headingOf(route, samples) }), name).toBeVisible();
  await expect.soft(page.getByRole('heading', { level: 1 }), `${name} has one h1`).toHaveCount(1);
  await expect.soft(page, `${name} has a title`).toHaveTitle(/Headroom/);
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await axeFindings(page), `axe on ${name}`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await axeFindings(page, { onlyColours: true }), `axe on ${name}, dark`).toEqual([]);
  await keepPicture(page, name);
  await page.setViewportSize(PHONE);
  expect.soft(await axeFindings(page), `axe on ${name}, phone`).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(width, `${name} does not scroll sideways on a phone`).toBeLessThanOrEqual(PHONE.width);
  await keepPicture(page, `${name}-phone`, ['light']);
};

const walk = async (
  routes: readonly ConsoleRoute[],
  { installation, page, browser }: { installation: Installation; page: Page; browser: Browser },
): Promise<void> => {
  const samples = await makeSamples(page);
  const strangers = await browser.newContext({ baseURL: installation.url });
  const stranger = await strangers.newPage();
  const errors: string[] = [];
  for (const one of [page, stranger]) {
    one.on('pageerror', (error) => errors.push(`${one.url()}: ${error.message}`));
    one.on('console', (message) => message.type() === 'error' && errors.push(`${one.url()}: ${message.text()}`));
  }
  for (const route of routes) {
    await test.step(route.page, () => visit(route.isPublic ? stranger : page, route, samples));
  }
  expect.soft(errors).toEqual([]);
  await removeSamples(page, samples);
  await strangers.close();
};

test.describe('every page is sound: one heading, no error, nothing for axe in either theme, no sideways scroll', () => {
  test.describe.configure({ mode: 'parallel', timeout: WALK_DEADLINE_MS });
  for (let part = 0; part < PARTS; part += 1) {
    test(`part ${part + 1} of ${PARTS}`, async ({ installation, console: page, browser }) => {
      const routes = ROUTES.filter((_, index) => index % PARTS === part);
      await walk(routes, { installation, page, browser });
    });
  }
});

test('the console says that VMs are simulated', async ({ console: page }) => {
  await expect(page.getByRole('status').filter({ hasText: 'Simulated hypervisor' })).toBeVisible();
});

test('no page begins with more JavaScript than it may', async () => {
  const routes = await readRouteScripts('.next');
  expect(routes.length).toBeGreaterThanOrEqual(ROUTES.length);
  const tooLarge = routes.filter(({ bytes }) => bytes > ROUTE_SCRIPT_KB_MAX * 1_000);
  expect(tooLarge).toEqual([]);
});
