import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { record } from '../record';
import { contextOf } from '../testing';
import { listAudit, verifyAudit } from './audit';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const act = (n: number, fails = false): Promise<number> =>
  record(contextOf(database.prisma), async (tx) => {
    await tx.site.create({ data: { id: `site-${n}`, name: `site-${n}` } });
    if (fails) throw new Error('refused');
    return { value: n, audit: { action: 'test.act', subject: `test/${n}`, detail: { n, nested: { b: 1, a: [1.5] } } } };
  });

/** Past the trigger that refuses changes, as somebody with the database's own rights could. */
const tamper = async (sql: string): Promise<void> => {
  await database.pool.query(
    `alter table "AuditEntry" disable trigger all; ${sql}; alter table "AuditEntry" enable trigger all`,
  );
};

describe('the audit trail', () => {
  it('has one unbroken chain however many write at once, and no entry of what was rolled back', async () => {
    const acts = Array.from({ length: 24 }, (_, n) =>
      act(n, n % 5 === 4).then(
        () => 1,
        () => 0,
      ),
    );
    const done = (await Promise.all(acts)).reduce<number>((a, b) => a + b, 0);
    expect(done).toBe(20);
    const verified = await verifyAudit(contextOf(database.prisma));
    expect(verified).toMatchObject({ ok: true, entries: 20, brokenAt: null });
    expect(await database.prisma.site.count()).toBe(20);
  });

  it('is read newest first, page by page', async () => {
    const context = contextOf(database.prisma, 'viewer');
    await expect(listAudit(context, { limit: 5 })).rejects.toMatchObject({ code: 'forbidden' });
    const seqs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAudit(contextOf(database.prisma, 'finance'), { limit: 7, cursor });
      seqs.push(...page.items.map((entry) => entry.seq));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seqs).toEqual(Array.from({ length: 20 }, (_, i) => String(20 - i)));
  });

  it('refuses to be changed', async () => {
    await expect(database.prisma.auditEntry.update({ where: { seq: 3n }, data: { actor: 'eve' } })).rejects.toThrow();
    await expect(database.prisma.auditEntry.delete({ where: { seq: 3n } })).rejects.toThrow();
  });

  it.each([
    [
      'an entry changed',
      `update "AuditEntry" set "actor" = 'eve' where "seq" = 7`,
      '7',
      `update "AuditEntry" set "actor" = 'admin@example.org' where "seq" = 7`,
    ],
    [
      'the last entry taken out',
      `create table kept as select * from "AuditEntry" where "seq" = 20; delete from "AuditEntry" where "seq" = 20`,
      '20',
      'insert into "AuditEntry" select * from kept; drop table kept',
    ],
    ['detail changed', `update "AuditEntry" set "detail" = "detail" || '{"n": -1}' where "seq" = 8`, '8', null],
    ['an entry taken out', `delete from "AuditEntry" where "seq" = 5`, '5', null],
  ])('tells of %s', async (_what, sql, brokenAt, repair) => {
    await tamper(sql);
    expect(await verifyAudit(contextOf(database.prisma))).toMatchObject({ ok: false, brokenAt });
    if (repair !== null) await tamper(repair);
  });
});
