import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing';
import { ensureWebRole } from './web-role';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await ensureWebRole(database.url);
  client = new pg.Client({ connectionString: await ensureWebRole(database.url) });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.pool.query('drop owned by headroom_web');
  await database.close();
});

describe("the web process's role", () => {
  it('reads and writes rows', async () => {
    await client.query(`insert into "SetupLink" ("tokenHash", "expiresAt") values ('x', now())`);
    expect((await client.query('delete from "SetupLink"')).rowCount).toBe(1);
  });

  it.each([
    ['change the schema', 'alter table "AuditEntry" disable trigger all'],
    ['make tables', 'create table t (n int)'],
    ['empty the audit trail', 'truncate "AuditEntry"'],
    ["take the orchestrator's lease", `insert into "Lease" values ('orchestrator', 'me', 9, now())`],
    ['invent usage', `insert into "UsageDay" values ('site', now(), 'c', 'x', 'vip', 1, 1, 1, 1)`],
    ['say where a chain ends', `insert into "ChainHead" values ('Rate', 0, '')`],
    ['remove audit entries', 'select remove_audit_through(1)'],
    ['say what a guest printed', `insert into "ConsoleChunk" ("vmId", data, at) values ('v', 'x', now())`],
    ['change what migrations have run', 'delete from "_prisma_migrations"'],
  ])('cannot %s', async (_, sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
