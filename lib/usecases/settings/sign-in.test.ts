import { randomBytes } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { beginSession } from '@/lib/auth/begin-session';
import { findSessionActor } from '@/lib/auth/session';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { beginTwoFactor, removeTwoFactor } from '../account/two-factor';
import { listClusters } from '../clusters/list-clusters';
import type { UseCaseContext } from '../context';
import { contextOf } from '../testing';
import { createUser } from '../users/create-user';
import { getSignInSettings, setSignInSettings } from './sign-in';

const SECRET = 'a session secret of more than 32 characters';
let database: TestDatabase;

beforeAll(async () => {
  vi.stubEnv('NEXTAUTH_SECRET', SECRET);
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await database.close();
});

describe('a role that needs a second factor', () => {
  it('lets its people set it up and do nothing else before; others, and single sign-on, are not concerned', async () => {
    const admin = contextOf(database.prisma);
    const contextIn = async (name: string, role: 'operator' | 'viewer', method: 'password' | 'sso') => {
      const email = `${name}@example.org`;
      const user = await createUser(admin, { name, email, role, password: 'a long password' });
      const begun = { userId: user.id, passwordHash: null, method, address: '', userAgent: '' };
      const sessionId = (await beginSession(database.prisma, begun, new Date())) ?? '';
      const cookie = await encode({ token: { sub: user.id, sessionId }, secret: SECRET });
      return async (): Promise<UseCaseContext> => {
        const actor = await findSessionActor(database.prisma, { 'next-auth.session-token': cookie });
        if (actor === null) throw new Error('no session');
        return { ...admin, actor };
      };
    };
    const ada = await contextIn('ada', 'operator', 'password');
    const sam = await contextIn('sam', 'operator', 'sso');
    const vera = await contextIn('vera', 'viewer', 'password');
    expect(await getSignInSettings(admin)).toEqual({ twoFactorRoles: [] });
    await listClusters(await ada(), { limit: 1 });

    await setSignInSettings(admin, { twoFactorRoles: ['operator'] });
    await expect(listClusters(await ada(), { limit: 1 })).rejects.toMatchObject({
      code: 'forbidden',
      details: { twoFactor: 'required' },
    });
    await beginTwoFactor(await ada());
    await listClusters(await sam(), { limit: 1 });
    await listClusters(await vera(), { limit: 1 });
    await database.prisma.user.update({
      where: { email: 'ada@example.org' },
      data: { totpConfirmedAt: new Date() },
    });
    await listClusters(await ada(), { limit: 1 });
    await expect(removeTwoFactor(await ada(), { code: '000000' })).rejects.toMatchObject({ code: 'impossible' });
  });
});
