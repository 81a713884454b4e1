import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { UseCaseContext } from '../context';
import { record } from '../record';
import { contextOf } from '../testing';
import { listAudit, verifyAudit } from './audit';
import { exportAudit } from './export-audit';
import { auditHash } from './hash';
import { getRetention, removeOldAudit, setRetention } from './retention';

let database: TestDatabase;
const at = (time: string): UseCaseContext => ({ ...contextOf(database.prisma), clock: () => new Date(time) });
const act = (time: string) =>
  record(at(time), async () => ({ value: null, audit: { action: 'test.act', subject: 'test', detail: { time } } }));

beforeAll(async () => {
  database = await createTestDatabase();
  for (let month = 1; month <= 9; month += 1) await act(`2026-0${month}-15T00:00:00.000Z`);
});
afterAll(() => database.close());

const seqs = async () => (await listAudit(at('2026-09-20T00:00:00Z'), { limit: 50 })).items.map(({ seq }) => seq);
const verify = () => verifyAudit(at('2026-09-20T00:00:00Z'));

describe('retention of the audit trail', () => {
  it('removes nothing until somebody says how long entries are kept', async () => {
    expect(await removeOldAudit(at('2026-09-20T00:00:00Z'))).toBe(0);
    expect((await verify()).ok).toBe(true);
  });

  it('removes what was kept long enough, says so in the trail, and what is left can be verified', async () => {
    await setRetention(at('2026-09-20T00:00:00Z'), { months: 3, reason: 'the law asks for no more' });
    expect(await removeOldAudit(at('2026-09-20T00:00:00Z'))).toBe(6);
    expect(await removeOldAudit(at('2026-09-20T00:00:00Z'))).toBe(0);
    expect(await seqs()).toEqual(['11', '10', '9', '8', '7']);
    expect(await getRetention(at('2026-09-20T00:00:00Z'))).toEqual({ months: 3, beginsAfter: '6' });
    const verified = await verify();
    expect(verified).toMatchObject({ ok: true, entries: 5 });
    expect(verified.message).toContain('Entries up to 6 were kept long enough');
  });

  it('refuses every other removal, and finds one that the trail does not speak of', async () => {
    await expect(database.prisma.auditEntry.deleteMany({ where: { seq: 7n } })).rejects.toThrow();
    const { hash } = await database.prisma.auditEntry.findUniqueOrThrow({ where: { seq: 7n } });
    await database.prisma.$queryRaw`select remove_audit_through(7)`;
    expect(await verify()).toMatchObject({ ok: false, brokenAt: '7' });
    await database.prisma.auditRetention.updateMany({ data: { beginsAfterSeq: 7n, beginsAfterHash: hash } });
    expect(await verify()).toMatchObject({ ok: false, brokenAt: '7' });
  });

  it('exports entries with all that is hashed, so that a file can be checked by itself', async () => {
    const read = async (format: 'jsonl' | 'csv') => {
      const lines: string[] = [];
      const from = '2026-08-01T00:00:00.000Z';
      for await (const line of exportAudit(at('2026-09-20T00:00:00Z'), { from, format }).lines) lines.push(line);
      return lines;
    };
    const entries = (await read('jsonl')).map((line) => JSON.parse(line));
    expect(entries.map(({ seq }) => seq)).toEqual(['8', '9', '10', '11']);
    for (const entry of entries)
      expect(auditHash(entry.prevHash, { ...entry, seq: BigInt(entry.seq), at: new Date(entry.at) })).toBe(entry.hash);
    expect((await read('csv'))[0]).toBe('seq,at,actor,action,subject,reason,detail,prevHash,hash\r\n');
  });
});
