import { chromium, defineConfig } from '@playwright/test';
import { launchOptions } from './lib/setup/browser.mjs';
import type { InstallationOptions } from './lib/setup/testing-installation';

const MINUTE_MS = 60_000;

export default defineConfig<object, InstallationOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Journeys wait more than they work; each worker has an installation of its own.
  workers: 2,
  globalSetup: './e2e/build-console.ts',
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // Recording takes the browser's time in every test; what failed is run again with it on.
    trace: process.env.HEADROOM_TRACES ? 'retain-on-failure' : 'off',
    launchOptions: launchOptions(chromium.executablePath()),
  },
  projects: [
    { name: 'simulated', testDir: 'e2e/simulated', timeout: 2 * MINUTE_MS, use: { hypervisor: 'simulated' } },
    { name: 'vms', workers: 1, testDir: 'e2e/vms', timeout: 10 * MINUTE_MS, use: { hypervisor: 'qemu' } },
  ],
});
