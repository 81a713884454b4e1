import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { verifyAudit } from '@/lib/usecases/audit/audit';
import { contextOf } from '@/lib/usecases/testing';
import { createUser } from '@/lib/usecases/users/create-user';
import { beginSession } from './begin-session';
import { createRateLimit } from './rate-limit';
import { recordFailedSignIn, signOut } from './sign-in-trail';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const ORIGIN = { address: '192.0.2.1', userAgent: 'a browser' };
const entries = () =>
  database.prisma.auditEntry.findMany({
    where: { action: { startsWith: 'session.' } },
    orderBy: { seq: 'asc' },
    select: { action: true, subject: true, actor: true, detail: true },
  });

describe('the audit trail of sign-ins', () => {
  it('says who came in, from where and how, who failed and why, who went; its chain stays whole', async () => {
    const db = database.prisma;
    const person = { email: 'ada@example.org', name: 'Ada', role: 'viewer', password: 'a long password' } as const;
    const { id: userId } = await createUser(contextOf(db), person);
    const begun = { userId, passwordHash: null, method: 'password', ...ORIGIN } as const;
    const sessionId = (await beginSession(db, begun, new Date())) ?? '';
    const failed = { why: 'password', waitMs: 0, ...ORIGIN };
    await recordFailedSignIn(db, { ...failed, email: 'ada@example.org', waitMs: 60_000 }, new Date());
    await recordFailedSignIn(db, { ...failed, email: null, why: 'unknown' }, new Date());
    await signOut(db, sessionId, new Date());
    await signOut(db, sessionId, new Date());
    const subject = 'user/ada@example.org';
    expect(await entries()).toMatchObject([
      { action: 'session.sign-in', subject, actor: 'ada@example.org', detail: { sessionId, method: 'password' } },
      { action: 'session.sign-in-failed', subject, actor: 'system sign-in', detail: { refusedForSeconds: 60 } },
      { action: 'session.sign-in-failed', subject: 'user', detail: { why: 'unknown', address: '192.0.2.1' } },
      { action: 'session.sign-out', subject, actor: 'ada@example.org', detail: { sessionId } },
    ]);
    expect((await db.session.findUniqueOrThrow({ where: { id: sessionId } })).endedAt).not.toBeNull();
    expect(await verifyAudit(contextOf(db))).toMatchObject({ ok: true });
  });

  it('is not filled by whoever tries addresses, and says from when on it leaves them out', async () => {
    const strangers = createRateLimit({ attemptsMax: 2, windowMs: 60_000, keysMax: 1 });
    const before = (await entries()).length;
    const failed = { email: null, why: 'unknown', waitMs: 0, ...ORIGIN };
    for (let i = 0; i < 4; i += 1) await recordFailedSignIn(database.prisma, failed, new Date(1_000), strangers);
    const added = (await entries()).slice(before);
    expect(added).toHaveLength(2);
    expect(added.map(({ detail }) => (detail as Record<string, unknown>).othersLeftOutForSeconds)).toEqual([
      undefined,
      60,
    ]);
  });
});
