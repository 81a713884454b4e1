import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What is waited for comes; how soon is for the bench to say. */
const expectations = { poll: { timeout: 20_000 } };
const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

export default defineConfig({
  resolve: { alias },
  test: {
    // All processors: by itself it would leave one of two to nobody.
    maxWorkers: '100%',
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          expect: expectations,
          // To load what they test anew for each file took longer than the tests. What a file stubs or opens it ends itself.
          isolate: false,
          include: ['lib/**/*.test.ts', 'app/**/*.test.ts', 'components/**/*.test.ts'],
          globalSetup: ['lib/db/testing-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          exclude: ['**/*.integration.test.ts', '**/*.scenario.test.ts', 'node_modules/**'],
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'scenarios',
          expect: expectations,
          include: ['lib/**/*.scenario.test.ts'],
          setupFiles: ['lib/scenarios/testing-world.ts'],
          globalSetup: ['lib/db/testing-server.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          expect: expectations,
          include: ['lib/hypervisors/**/*.integration.test.ts', 'lib/traffic/**/*.integration.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 600_000,
        },
      },
      {
        // Whole clusters of real VMs.
        resolve: { alias },
        test: {
          name: 'clusters',
          expect: expectations,
          include: ['lib/clustering/**/*.integration.test.ts', 'lib/orchestrator/**/*.integration.test.ts'],
          globalSetup: ['lib/db/testing-server.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
