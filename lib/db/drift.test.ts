import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { createTestDatabase } from './testing';

it('the migrations bring a database to what the schema says, so that the next one holds only its own change', async () => {
  const database = await createTestDatabase();
  try {
    const { stdout } = await promisify(execFile)(
      'node_modules/.bin/prisma',
      ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script'],
      {
        env: {
          ...process.env,
          DATABASE_URL: database.url,
          PRISMA_SCHEMA_ENGINE_BINARY: resolve('lib/setup/schema-engine.mjs'),
        },
      },
    );
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('--'))).toEqual([]);
  } finally {
    await database.close();
  }
});
