import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { launchOptions } from '@/lib/setup/browser.mjs';
import { PERSON } from './seed';

/** A page, and what a person does on it: interactions that are answered by the page itself. */
export interface VisitedPage {
  readonly name: string;
  readonly path: string;
  readonly interact: (page: Page) => Promise<void>;
}

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const openAndCloseSearch = async (page: Page): Promise<void> => {
  await press(page, 'Control+k');
  await page.getByRole('dialog').waitFor();
  await press(page, 'a', 'Escape');
};

const sortByFirstColumn = async (page: Page): Promise<void> => {
  await page.getByRole('columnheader').first().getByRole('button').click();
};

export const VISITED: readonly VisitedPage[] = [
  { name: 'overview', path: '/', interact: openAndCloseSearch },
  { name: 'clusters', path: '/clusters', interact: sortByFirstColumn },
  { name: 'VMs', path: '/vms', interact: sortByFirstColumn },
  {
    name: 'cluster',
    path: '/clusters/cluster-0001',
    interact: async (page) => {
      await page.getByRole('radio', { name: '15 min' }).click();
      await page.getByRole('region', { name: 'Metrics' }).getByRole('button', { name: 'Live' }).click();
    },
  },
];

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...launchOptions(chromium.executablePath()),
    // Signals end the bench, which closes the browser itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

export const signIn = async (browser: Browser, url: string): Promise<Session> => {
  const page = await browser.newPage();
  await page.goto(`${url}/signin`);
  await page.getByLabel('E-mail').fill(PERSON.email);
  await page.getByLabel('Password').fill(PERSON.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: PERSON.email }).waitFor();
  const session = await page.context().storageState();
  await page.close();
  return session;
};

interface Vitals {
  lcpMs: number;
  interactionMs: number;
}

/** Runs in the page, before anything else: keeps the newest largest paint and the slowest interaction. */
const watchVitals = (): void => {
  const vitals: Vitals = { lcpMs: 0, interactionMs: 0 };
  Object.assign(window, { benchVitals: vitals });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) vitals.lcpMs = Math.max(vitals.lcpMs, entry.startTime);
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const isInteraction = 'interactionId' in entry && Number(entry.interactionId) > 0;
      if (isInteraction) vitals.interactionMs = Math.max(vitals.interactionMs, entry.duration);
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
};

const SETTLE_MS = 1_500;

export interface Visit extends Readonly<Vitals> {
  /** Of the scripts that the page's HTML names, compressed. */
  readonly scriptBytes: number;
}

/** Compressed sizes of scripts by address: they never change under one address. */
const sizes = new Map<string, number>();

const sizeOf = async (address: string): Promise<number> => {
  const known = sizes.get(address);
  if (known !== undefined) return known;
  const size = gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length;
  sizes.set(address, size);
  return size;
};

/** One look at a page by a browser that has nothing in its cache. */
export const visit = async (browser: Browser, url: string, session: Session, visited: VisitedPage): Promise<Visit> => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1_440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(watchVitals);
    const response = await page.goto(url + visited.path, { waitUntil: 'load' });
    const html = (await response?.text()) ?? '';
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForTimeout(SETTLE_MS);
    await visited.interact(page);
    await page.waitForTimeout(SETTLE_MS);
    const vitals = await page.evaluate(() => (window as unknown as { benchVitals: Vitals }).benchVitals);
    // `noModule` scripts are for browsers that are not supported any more.
    const scripts = [...html.matchAll(/<script[^>]*\ssrc="(\/_next\/[^"]+)"[^>]*>/g)].filter(
      ([tag]) => !/nomodule/i.test(tag),
    );
    const addresses = new Set(scripts.map(([, path = '']) => new URL(path, url).href));
    let scriptBytes = 0;
    for (const address of addresses) scriptBytes += await sizeOf(address);
    return { ...vitals, scriptBytes };
  } finally {
    await context.close();
  }
};
