import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Installation, type InstallationOptions, startInstallation } from '../lib/setup/testing-installation';
import { type MailServer, startMailServer } from './mail-server';
import { makeAdministrator } from './people';

const START_DEADLINE_MS = 20 * 60_000;
/** With anything in it, pages are drawn to `test-results/pages` for people to look at. */
const PICTURES = 'HEADROOM_PICTURES';

interface WorkerFixtures {
  /** Where the installation sends its mails. */
  readonly mailServer: MailServer;
  readonly installation: Installation;
  /** The administrator made by the one-time link; signed in once, as a state that pages start from. */
  readonly session: Awaited<ReturnType<BrowserContext['storageState']>>;
}

interface TestFixtures {
  /** A page of the administrator, at the overview. */
  readonly console: Page;
  /** Keeps a picture of the page, light and dark, among the run's results. */
  readonly keepPicture: (name: string) => Promise<void>;
}

export const test = base.extend<TestFixtures, WorkerFixtures & InstallationOptions>({
  hypervisor: ['simulated', { scope: 'worker', option: true }],
  mailServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern to read what a fixture needs from
    async ({}, use) => {
      const server = await startMailServer();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  installation: [
    async ({ hypervisor, mailServer }, use) => {
      const env = { HEADROOM_SMTP_URL: mailServer.url, HEADROOM_SMTP_FROM: 'headroom@example.org' };
      const installation = await startInstallation({ hypervisor, env });
      await use(installation);
      await installation.remove();
    },
    { scope: 'worker', timeout: START_DEADLINE_MS },
  ],
  session: [
    async ({ installation, browser }, use) => {
      const page = await browser.newPage();
      await makeAdministrator(page, installation.setupLink);
      await use(await page.context().storageState());
      await page.close();
    },
    { scope: 'worker', timeout: START_DEADLINE_MS },
  ],
  console: async ({ installation, session, browser }, use) => {
    const context = await browser.newContext({ storageState: session, baseURL: installation.url });
    const violations = await watchViolations(context);
    const page = await context.newPage();
    await page.goto('/');
    await use(page);
    expect(violations, 'the content security policy was violated').toEqual([]);
    await context.close();
  },
  keepPicture: async ({ console: page }, use) => {
    await use((name) => keepPicture(page, name));
  },
});

export { expect };

/** What the content security policy of the context's pages forbade, as the browser reports it; grows as it happens. */
export const watchViolations = async (context: BrowserContext): Promise<readonly string[]> => {
  const violations: string[] = [];
  await context.exposeFunction('reportViolation', (text: string) => void violations.push(text));
  await context.addInitScript(() => {
    const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
    document.addEventListener('securitypolicyviolation', (event) =>
      reportViolation(`${event.effectiveDirective} forbade ${event.blockedURI} in ${location.pathname}`),
    );
  });
  return violations;
};

type ColourScheme = 'light' | 'dark';

/** Draws nothing unless pictures are asked for: to draw whole pages takes the browser's time, and proves nothing. */
export const keepPicture = async (
  page: Page,
  name: string,
  schemes: readonly ColourScheme[] = ['light', 'dark'],
): Promise<void> => {
  if (!process.env[PICTURES]) return;
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/pages/${name}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
};
