import { AsyncLocalStorage } from 'node:async_hooks';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/orchestrator/testing';
import { runCase } from './run-case';

const CASES = fileURLToPath(new URL('cases', import.meta.url));
/** While one waits for the database, others go on. */
const AT_ONCE = 4;
const isUpdate = process.env.HEADROOM_UPDATE_SCENARIOS === '1';

/** Simulated chance is a function of ids: those of a scenario are the same in every run. */
const counter = new AsyncLocalStorage<{ count: number }>();
vi.mock('@/lib/usecases/ids', async (original) => {
  const ids = await original<typeof import('@/lib/usecases/ids')>();
  return {
    ...ids,
    newId: () => {
      const store = counter.getStore();
      if (store === undefined) return ids.newId();
      store.count += 1;
      return ids.idFrom('scenario', store.count);
    },
  };
});

/** No scenario reaches beyond its world: whoever asks a server elsewhere finds nobody, at once. */
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));

const idle: TestDatabase[] = [];
const opened: TestDatabase[] = [];

const withDatabase = async <T>(work: (database: TestDatabase) => Promise<T>): Promise<T> => {
  const database = idle.pop() ?? (await createTestDatabase());
  if (!opened.includes(database)) opened.push(database);
  try {
    return await work(database);
  } finally {
    idle.push(database);
  }
};

afterAll(() => Promise.all(opened.map((database) => database.close())));

const cases = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

vi.setConfig({ maxConcurrency: AT_ONCE });

describe.concurrent('scenarios', () => {
  it.each(cases)('%s', (name) =>
    counter.run({ count: 0 }, () =>
      withDatabase(async (database) => {
        const { log, violations } = await runCase(database, join(CASES, name));
        const file = join(CASES, name, 'expected.log');
        if (isUpdate) await writeFile(file, log);
        expect(violations).toEqual([]);
        expect(log).toBe(await readFile(file, 'utf8'));
      }),
    ),
  );
});
