import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginSession } from '@/lib/auth/begin-session';
import { checkSignIn, createSignInLimits } from '@/lib/auth/sign-in';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { UseCaseContext } from '../context';
import { listSessions } from '../sessions/sessions';
import { cheapenPassword, contextOf } from '../testing';
import { createUser } from '../users/create-user';
import { getMe } from './me';
import { beginTwoFactor, confirmTwoFactor, removeTwoFactor, renewRecoveryCodes, resetTwoFactor } from './two-factor';

let database: TestDatabase;

beforeAll(async () => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate "User", "Setting" cascade');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await database.close();
});

const PASSWORD = 'a long password';
const STEP_MS = 30_000;

/** Ada with two sessions, at a clock of her own that stands until it is moved. */
const ada = async () => {
  const user = await createUser(contextOf(database.prisma), {
    name: 'Ada',
    email: 'ada@example.org',
    role: 'viewer',
    password: PASSWORD,
  });
  await cheapenPassword(database.prisma, user.id, PASSWORD);
  const begun = { userId: user.id, passwordHash: null, method: 'password', address: '', userAgent: '' } as const;
  const sessionId = (await beginSession(database.prisma, begun, new Date())) ?? '';
  await beginSession(database.prisma, begun, new Date());
  let now = Date.now();
  const context: UseCaseContext = {
    ...contextOf(database.prisma),
    actor: { kind: 'user', id: user.id, name: user.email, role: 'viewer', sessionId },
    clock: () => new Date(now),
  };
  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * STEP_MS });
  const limits = createSignInLimits();
  const signIn = (code?: string) =>
    checkSignIn(
      database.prisma,
      {
        email: user.email,
        password: PASSWORD,
        address: '192.0.2.1',
        now: new Date(now),
        ...(code === undefined ? {} : { code }),
      },
      limits,
    ).then(
      ({ outcome }) => outcome,
      (error: { code: string }) => error.code,
    );
  const enrol = async () => {
    const { secret } = await beginTwoFactor(context);
    const { recoveryCodes } = await confirmTwoFactor(context, { code: codeOf(secret) });
    now += STEP_MS;
    return { secret, recoveryCodes };
  };
  return {
    user,
    context,
    codeOf,
    signIn,
    enrol,
    wait: (ms: number) => {
      now += ms;
    },
  };
};

describe('two-factor sign-in', () => {
  it('is in force once a code was confirmed, and ends sessions that came in without', async () => {
    const { context, codeOf, signIn } = await ada();
    const { secret, uri } = await beginTwoFactor(context);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Headroom:ada%40example\.org\?issuer=Headroom&secret=/);
    expect(await signIn()).toBe('in');
    const wrong = codeOf(secret) === '000000' ? '000001' : '000000';
    await expect(confirmTwoFactor(context, { code: wrong })).rejects.toMatchObject({
      code: 'impossible',
      details: { fields: [{ field: 'code' }] },
    });
    expect(await signIn()).toBe('in');
    const { recoveryCodes } = await confirmTwoFactor(context, { code: codeOf(secret) });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await signIn()).toBe('code-needed');
    expect((await listSessions(context, { of: 'me', limit: 9 })).items).toHaveLength(1);
    expect(await getMe(context)).toMatchObject({ twoFactor: { enabled: true, recoveryCodesLeft: 10 } });
    await expect(beginTwoFactor(context)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('takes each code once, also of many at once, and one step either way', async () => {
    const { codeOf, signIn, enrol, wait } = await ada();
    const { secret } = await enrol();
    const code = codeOf(secret);
    const many = await Promise.all(Array.from({ length: 5 }, () => signIn(code)));
    expect(many.sort()).toEqual(['code-wrong', 'code-wrong', 'code-wrong', 'code-wrong', 'in']);
    expect(await signIn(codeOf(secret, -1))).toBe('code-wrong');
    wait(4 * STEP_MS);
    expect(await signIn(codeOf(secret, -2))).toBe('code-wrong');
    expect(await signIn(codeOf(secret, -1))).toBe('in');
    expect(await signIn(codeOf(secret, 1))).toBe('in');
    expect(await signIn(codeOf(secret))).toBe('code-wrong');
  });

  it('takes a recovery code in place of it, once, however it is typed', async () => {
    const { context, signIn, enrol } = await ada();
    const { recoveryCodes } = await enrol();
    const [first = '', second = ''] = recoveryCodes;
    expect(await signIn(first.toUpperCase().replaceAll('-', ' '))).toBe('in');
    expect(await signIn(first)).toBe('code-wrong');
    expect(await signIn('aaaa-bbbb-cccc')).toBe('code-wrong');
    expect((await getMe(context)).twoFactor?.recoveryCodesLeft).toBe(9);
    const renewed = await renewRecoveryCodes(context, { code: second });
    expect(await signIn(recoveryCodes[2])).toBe('code-wrong');
    expect(await signIn(renewed.recoveryCodes[0])).toBe('in');
  });

  it('lets nobody guess: ten wrong codes, and the right one is refused too', async () => {
    const { codeOf, signIn, enrol } = await ada();
    const { secret } = await enrol();
    for (let n = 0; n < 10; n += 1) expect(['code-wrong', 'too_many_requests']).toContain(await signIn('000000'));
    expect(await signIn(codeOf(secret))).toBe('too_many_requests');
  });

  it('is removed by its owner with a code, and reset by an administrator, which ends their sessions', async () => {
    const { user, context, codeOf, signIn, enrol, wait } = await ada();
    const { secret } = await enrol();
    await expect(removeTwoFactor(context, { code: '000000' })).rejects.toMatchObject({ code: 'impossible' });
    await removeTwoFactor(context, { code: codeOf(secret) });
    expect(await signIn()).toBe('in');
    wait(STEP_MS);
    await enrol();
    expect(await signIn()).toBe('code-needed');
    const admin = contextOf(database.prisma);
    expect(await resetTwoFactor(admin, user.email)).toMatchObject({ id: user.id, twoFactor: false });
    expect(await signIn()).toBe('in');
    expect((await listSessions(context, { of: 'me', limit: 9 })).items).toEqual([]);
    await expect(resetTwoFactor(admin, user.id)).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('leaves no secret readable: not in rows, the audit trail, or events', async () => {
    const { enrol } = await ada();
    const { secret, recoveryCodes } = await enrol();
    const { rows } = await database.pool.query(
      `select string_agg(t::text, ' ') as text from (
         select to_jsonb(u) from "User" u union all select to_jsonb(r) from "RecoveryCode" r
         union all select to_jsonb(a) from "AuditEntry" a union all select to_jsonb(e) from "Event" e) t`,
    );
    expect(rows[0].text).toContain('account.two-factor-on');
    expect(rows[0].text).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows[0].text).not.toContain(code);
  });
});
