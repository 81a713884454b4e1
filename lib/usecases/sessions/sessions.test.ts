import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginSession } from '@/lib/auth/begin-session';
import { checkSignIn } from '@/lib/auth/sign-in';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { changeOwnPassword } from '../account/change-own-password';
import type { UseCaseContext } from '../context';
import { contextOf } from '../testing';
import { createUser } from '../users/create-user';
import { updateUser } from '../users/update-user';
import { endOtherSessions, endSession, listSessions } from './sessions';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate "User" cascade');
});
afterAll(() => database.close());

const PASSWORD = 'a long password';

/** A person with so many sessions, the first of which is the one that asks. */
const person = async (name: string, role: Role, sessions: number) => {
  const user = await createUser(contextOf(database.prisma), {
    name,
    email: `${name}@example.org`,
    role,
    password: PASSWORD,
  });
  const begin = async () => {
    const begun = { userId: user.id, passwordHash: null, method: 'password', address: '192.0.2.1', userAgent: 'x' };
    return (await beginSession(database.prisma, { ...begun, method: 'password' }, new Date())) ?? '';
  };
  const ids = await Promise.all(Array.from({ length: sessions }, begin));
  const context: UseCaseContext = {
    ...contextOf(database.prisma),
    actor: { kind: 'user', id: user.id, name: user.email, role, sessionId: ids[0] ?? '' },
  };
  const held = async () => (await listSessions(context, { of: 'me', limit: 50 })).items.map(({ id }) => id).sort();
  return { user, ids, context, held };
};

const signsIn = (password: string) =>
  checkSignIn(database.prisma, {
    email: 'ada@example.org',
    password,
    address: String(Math.random()),
    now: new Date(),
  }).then(({ outcome }) => outcome === 'in');

describe('sessions', () => {
  it('are seen and ended by whom they belong to, and by administrators; others find none', async () => {
    const ada = await person('ada', 'viewer', 2);
    const bob = await person('bob', 'operator', 1);
    const admin = await person('root', 'admin', 1);
    expect(await ada.held()).toEqual([...ada.ids].sort());
    const [own] = (await listSessions(ada.context, { of: 'me', limit: 50 })).items.filter(({ current }) => current);
    expect(own).toMatchObject({ id: ada.ids[0], user: { email: 'ada@example.org' }, address: '192.0.2.1' });
    await expect(listSessions(bob.context, { of: 'everyone', limit: 50 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(endSession(bob.context, ada.ids[1] ?? '')).rejects.toMatchObject({ code: 'not_found' });
    expect((await listSessions(admin.context, { of: 'everyone', limit: 50 })).items).toHaveLength(4);
    await endSession(ada.context, ada.ids[1] ?? '');
    expect(await ada.held()).toEqual([ada.ids[0]]);
    await endSession(admin.context, ada.ids[0] ?? '');
    expect(await ada.held()).toEqual([]);
    expect(await bob.held()).toEqual(bob.ids);
  });

  it("end all but the one that asks, and nobody else's", async () => {
    const ada = await person('ada', 'viewer', 3);
    const bob = await person('bob', 'viewer', 1);
    expect(await endOtherSessions(ada.context)).toEqual({ ended: 2 });
    expect(await ada.held()).toEqual([ada.ids[0]]);
    expect(await bob.held()).toEqual(bob.ids);
  });

  it('end with a new role, a new password and disabling, and then none begins', async () => {
    await person('root', 'admin', 0);
    const ada = await person('ada', 'viewer', 2);
    await updateUser(contextOf(database.prisma), ada.user.id, { name: 'Ada Renamed' });
    expect(await ada.held()).toHaveLength(2);
    await updateUser(contextOf(database.prisma), ada.user.id, { disabled: true });
    expect(await ada.held()).toEqual([]);
    const begun = { userId: ada.user.id, passwordHash: null, method: 'password', address: '', userAgent: '' } as const;
    expect(await beginSession(database.prisma, begun, new Date())).toBeNull();
  });

  it('do not begin for a password that was replaced after it was checked', async () => {
    const ada = await person('ada', 'viewer', 0);
    const { passwordHash } = await database.prisma.user.findUniqueOrThrow({ where: { id: ada.user.id } });
    await updateUser(contextOf(database.prisma), ada.user.id, { password: 'another long password' });
    const begun = { userId: ada.user.id, passwordHash, method: 'password', address: '', userAgent: '' } as const;
    expect(await beginSession(database.prisma, begun, new Date())).toBeNull();
  });

  it('run out by themselves', async () => {
    const ada = await person('ada', 'viewer', 1);
    const later = { ...ada.context, clock: () => new Date(Date.now() + 13 * 3_600_000) };
    expect((await listSessions(later, { of: 'me', limit: 50 })).items).toEqual([]);
  });
});

describe("one's own password", () => {
  it('is changed with the present one, ends the other sessions, and is in no log', async () => {
    const ada = await person('ada', 'viewer', 3);
    const wrong = { currentPassword: 'wrong', newPassword: 'a brand new password' };
    await expect(changeOwnPassword(ada.context, wrong)).rejects.toMatchObject({
      code: 'impossible',
      details: { fields: [{ field: 'currentPassword' }] },
    });
    await expect(
      changeOwnPassword(ada.context, { currentPassword: PASSWORD, newPassword: PASSWORD }),
    ).rejects.toMatchObject({ details: { fields: [{ field: 'newPassword' }] } });
    expect(await ada.held()).toHaveLength(3);
    const right = { currentPassword: PASSWORD, newPassword: 'a brand new password' };
    expect(await changeOwnPassword(ada.context, right)).toEqual({ ended: 2 });
    expect(await ada.held()).toEqual([ada.ids[0]]);
    expect([await signsIn(PASSWORD), await signsIn(right.newPassword)]).toEqual([false, true]);
    const { rows } = await database.pool.query(
      `select string_agg(t::text, ' ') as text from (select to_jsonb(a) from "AuditEntry" a union all select to_jsonb(e) from "Event" e) t`,
    );
    expect(rows[0].text).toContain('account.password');
    expect(rows[0].text).not.toContain(right.newPassword);
  });

  it('is guessed at most ten times', async () => {
    const ada = await person('ada', 'viewer', 1);
    const guess = () =>
      changeOwnPassword(ada.context, { currentPassword: 'wrong', newPassword: 'a brand new password' }).catch(
        (error: { code: string }) => error.code,
      );
    const codes = await Promise.all(Array.from({ length: 11 }, guess));
    expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(1);
  });

  it('is nothing that a token has', async () => {
    const token: UseCaseContext = {
      ...contextOf(database.prisma),
      actor: { kind: 'token', id: 't', name: 'ci', role: 'admin' },
    };
    const change = { currentPassword: PASSWORD, newPassword: 'a brand new password' };
    await expect(changeOwnPassword(token, change)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
