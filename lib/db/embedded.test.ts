import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from './embedded';

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headroom-embedded-'));
  await chmod(directory, 0o755);
});
afterAll(async () => {
  await stopEmbeddedPostgres(directory);
  await rm(directory, { recursive: true, force: true });
});

const query = async (url: string, sql: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded server', () => {
  it('is adopted while it runs, and keeps its data, port and password when it is started again', async () => {
    const first = await ensureEmbeddedPostgres(directory);
    await query(first.url, 'create table kept as select 7 as n');
    const adopted = await ensureEmbeddedPostgres(directory);
    expect(adopted).toMatchObject({ url: first.url, adopted: true });

    await adopted.stop();
    expect(await first.isRunning()).toBe(false);
    const second = await ensureEmbeddedPostgres(directory);
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('keeps its password from others', async () => {
    expect((await stat(join(directory, 'server.json'))).mode & 0o077).toBe(0);
  });

  it('listens at 127.0.0.1 only', async () => {
    const { url } = await ensureEmbeddedPostgres(directory);
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });
});
