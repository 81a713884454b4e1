import type { Browser, CDPSession, Page } from '@playwright/test';
import { slope } from '../statistics';
import { causeEvent, type LargeConsole } from './installation';
import type { Session } from './pages';
import { openStreams } from './streams';

const MINUTE_MS = 60_000;
const SAMPLE_MS = 20_000;
const STREAMS_PER_ROUND = 50;
/** Caches fill and code is compiled: this part of the time is not looked at. */
const WARM_UP_PART = 1 / 3;

export interface HeapSample {
  readonly atMinutes: number;
  readonly webKb: number;
  readonly pageKb: number;
}

const goTo = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** Through the console as a person goes, without ever loading the page anew. */
const walk = async (page: Page): Promise<void> => {
  await goTo(page, 'Clusters');
  await page.getByRole('link', { name: 'cluster-0001' }).click();
  await page.getByRole('heading', { level: 1, name: 'cluster-0001' }).waitFor();
  for (const name of ['VMs', 'Hosts', 'Events', 'Overview']) await goTo(page, name);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
};

/** Streams that come and go while something happens. */
const streamsComeAndGo = async ({ web, token, connection }: LargeConsole): Promise<void> => {
  const close = await openStreams(`${web.url}/api/v1/events`, { Authorization: `Bearer ${token}` }, STREAMS_PER_ROUND);
  await causeEvent(connection);
  close();
};

const pageHeapKb = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 1_000;
};

/** Walks and opens streams for so long; heaps are looked at after a collection, every 20 seconds. */
export const soak = async (
  browser: Browser,
  session: Session,
  console: LargeConsole,
  { minutes, say }: { readonly minutes: number; readonly say: (line: string) => void },
): Promise<readonly HeapSample[]> => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1_440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(console.web.url);
    const devTools = await context.newCDPSession(page);
    const began = Date.now();
    const samples: HeapSample[] = [];
    let rounds = 0;
    while (Date.now() - began < minutes * MINUTE_MS) {
      await walk(page);
      await streamsComeAndGo(console);
      rounds += 1;
      if (Date.now() - began < samples.length * SAMPLE_MS) continue;
      const sample = {
        atMinutes: (Date.now() - began) / MINUTE_MS,
        webKb: (await console.web.heapBytes()) / 1_000,
        pageKb: await pageHeapKb(devTools),
      };
      samples.push(sample);
      say(`${rounds} rounds: ${JSON.stringify(sample)}`);
    }
    return samples;
  } finally {
    await context.close();
  }
};

/** Kilobytes that a heap grows by in a minute, after the first third of the time. */
export const growthPerMinute = (samples: readonly HeapSample[], heap: 'webKb' | 'pageKb'): number =>
  slope(
    samples.slice(Math.floor(samples.length * WARM_UP_PART)).map((sample) => ({
      x: sample.atMinutes,
      y: sample[heap],
    })),
  );
