import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTokenActor } from '@/lib/auth/find-token-actor';
import { createSetupLink, isSetupLinkValid } from '@/lib/auth/setup-link';
import { checkSignIn, createSignInLimits } from '@/lib/auth/sign-in';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf } from '../testing';
import { createToken, listTokens, revokeToken } from '../tokens/tokens';
import { createFirstAdministrator, ensureAdministrator } from './create-first-administrator';
import { createUser } from './create-user';
import { updateUser } from './update-user';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const setting = () => ({ db: database.prisma, clock: () => new Date(), requestId: 'test' });
const ADA = { email: 'Ada@Example.org', name: 'Ada', password: 'a long password' };

describe('people', () => {
  it('begin with one administrator, however often the set-up link is used at once', async () => {
    const path = await createSetupLink(database.prisma);
    const token = new URL(path ?? '', 'http://localhost').searchParams.get('token') ?? '';
    expect(await isSetupLinkValid(database.prisma, token)).toBe(true);
    expect(await isSetupLinkValid(database.prisma, `${token}x`)).toBe(false);
    await expect(createFirstAdministrator(setting(), { ...ADA, token: 'wrong' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const tries = await Promise.allSettled(
      ['ada', 'eve', 'bob'].map((name) =>
        createFirstAdministrator(setting(), { ...ADA, email: `${name}@example.org`, token }),
      ),
    );
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
    expect(await database.prisma.user.count()).toBe(1);
    expect(await createSetupLink(database.prisma)).toBeNull();
    expect(await isSetupLinkValid(database.prisma, token)).toBe(false);
    await ensureAdministrator(setting(), { email: 'env@example.org', password: 'a long password' });
    expect(await database.prisma.user.count()).toBe(1);
  });

  it('sign in with their password, until it or they are changed', async () => {
    const admin = contextOf(database.prisma);
    const user = await createUser(admin, { ...ADA, email: 'Grace@Example.org', role: 'operator' });
    expect(user.email).toBe('grace@example.org');
    const limits = createSignInLimits();
    const signIn = (password: string) =>
      checkSignIn(
        database.prisma,
        { email: ' GRACE@example.org', password, address: '192.0.2.1', now: new Date() },
        limits,
      );
    expect(await signIn(ADA.password)).toMatchObject({ outcome: 'in', userId: user.id });
    expect(await signIn('wrong')).toMatchObject({ outcome: 'refused', why: 'password' });
    await updateUser(admin, user.id, { disabled: true });
    expect(await signIn(ADA.password)).toMatchObject({ outcome: 'refused', why: 'disabled' });
    await expect(createUser(admin, { ...ADA, email: 'grace@example.org', role: 'viewer' })).rejects.toMatchObject({
      code: 'name_taken',
    });
  });

  it('are refused after ten failures from one address, many at once included', async () => {
    const limits = createSignInLimits();
    const signIn = (address: string) =>
      checkSignIn(
        database.prisma,
        { email: 'nobody@example.org', password: 'guess', address, now: new Date() },
        limits,
      ).then(
        () => 'failed',
        (error: { code: string }) => error.code,
      );
    const results = await Promise.all(Array.from({ length: 12 }, () => signIn('192.0.2.9')));
    expect(results.filter((r) => r === 'failed')).toHaveLength(10);
    expect(results.filter((r) => r === 'too_many_requests')).toHaveLength(2);
    expect(await signIn('192.0.2.10')).toBe('failed');
  });

  it('always include an administrator', async () => {
    const admins = await database.prisma.user.findMany({ where: { role: 'admin', disabledAt: null } });
    expect(admins).toHaveLength(1);
    const id = admins[0]?.id ?? '';
    for (const change of [{ disabled: true }, { role: 'viewer' as const }]) {
      await expect(updateUser(contextOf(database.prisma), id, change)).rejects.toMatchObject({ code: 'wrong_state' });
    }
  });
});

describe('API tokens', () => {
  it('are kept as a hash only, work until revoked, and act with their role', async () => {
    const admin = contextOf(database.prisma);
    const { token, id } = await createToken(admin, { name: 'ci', role: 'oncall' });
    expect(token).toMatch(/^hr_[\w-]{43}$/);
    const everything = await database.pool.query(
      `select coalesce(string_agg(t::text, ' '), '') as text from
         (select to_jsonb(a) from "ApiToken" a union all select to_jsonb(e) from "Event" e union all select to_jsonb(x) from "AuditEntry" x) t`,
    );
    expect(everything.rows[0].text).not.toContain(token.slice(3));
    expect(await findTokenActor(database.prisma, token, new Date())).toMatchObject({ kind: 'token', role: 'oncall' });
    expect((await listTokens(admin, { limit: 10 })).items[0]).toMatchObject({ name: 'ci', revokedAt: null });
    await revokeToken(admin, id);
    expect(await findTokenActor(database.prisma, token, new Date())).toBeNull();
    expect(await findTokenActor(database.prisma, 'hr_unknown', new Date())).toBeNull();
  });
});
