import { existsSync } from 'node:fs';
import { run } from './run.mjs';
import { isKinOf } from './system.mjs';

const DOWNLOAD_DEADLINE_MS = 10 * 60_000;

/** Debian's, the lighter one first: without the parts that draw windows the walk through the console took 135 s, not 166. */
const SYSTEM_BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The system's browser for journeys, or nothing where Playwright has to have its own. */
export const systemBrowser = () => SYSTEM_BROWSERS.find((path) => existsSync(path));

/**
 * How a browser is started: Playwright's own where it is installed, else the system's.
 *
 * @param {string} own where Playwright's would be
 */
export const launchOptions = (own) => ({
  executablePath: existsSync(own) ? undefined : systemBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

/**
 * Where journeys get their browser from. Ubuntu has no package but one that installs a snap; other systems have none
 * by that name.
 *
 * @param {string} osRelease
 * @returns {'debian' | 'playwright'}
 */
export const browserSource = (osRelease) =>
  isKinOf(osRelease, 'debian') && !isKinOf(osRelease, 'ubuntu') ? 'debian' : 'playwright';

/** Has Playwright download its own browser, which does nothing when it is there. Throws with its own words. */
export async function downloadBrowser() {
  const withDependencies = process.getuid?.() === 0 ? ['--with-deps'] : [];
  const { code, output } = await run(
    'node_modules/.bin/playwright',
    ['install', '--only-shell', ...withDependencies, 'chromium'],
    { deadlineMs: DOWNLOAD_DEADLINE_MS },
  );
  if (code !== 0) throw new Error(`Playwright could not install its browser:\n${output.slice(-4_000)}`);
}
