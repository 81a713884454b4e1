import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/orchestrator/testing';
import { runCase } from './run-case';
import { withCountedIds } from './testing-world';

const CASES = fileURLToPath(new URL('cases', import.meta.url));
/** While one waits for the database, others go on. */
const AT_ONCE = 4;
const isUpdate = process.env.HEADROOM_UPDATE_SCENARIOS === '1';

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

/** The tests of every `of`th case: a file of tests has one process, which keeps one processor busy. */
export const testCases = (part: number, of: number): void => {
  const cases = readdirSync(CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .filter((_, index) => index % of === part);

  vi.setConfig({ maxConcurrency: AT_ONCE });
  afterAll(() => Promise.all(opened.map((database) => database.close())));

  describe.concurrent('scenarios', () => {
    it.each(cases)('%s', (name) =>
      withCountedIds(() =>
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
};
