import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
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
          include: ['lib/**/*.scenario.test.ts'],
          globalSetup: ['lib/db/testing-server.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['lib/hypervisors/**/*.integration.test.ts', 'lib/traffic/**/*.integration.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        // Whole clusters of real VMs.
        resolve: { alias },
        test: {
          name: 'clusters',
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
