import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf } from '../testing';
import { createUser } from './create-user';
import { type Claims, ensureSsoPerson, type SsoError } from './sso-person';
import { updateUser } from './update-user';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.pool.query('truncate "User", "AuditEntry" cascade');
});
afterAll(() => database.close());

const PROVIDER = {
  issuer: 'https://id.example.org',
  roleClaim: 'groups',
  roles: [
    { value: 'platform', role: 'admin' },
    { value: 'ops', role: 'operator' },
  ],
  defaultRole: null,
} as const;

const ensure = (claims: Claims) =>
  ensureSsoPerson({ db: database.prisma, clock: () => new Date(), requestId: 'test' }, PROVIDER, claims);
const refusalOf = (claims: Claims) =>
  ensure(claims).then(
    () => 'in',
    (error: SsoError) => error.refusal,
  );
const SAM = { sub: '42', email: 'Sam@Example.org', email_verified: true, name: 'Sam', groups: ['ops'] };
const PASSWORD = 'a long password';

describe('somebody a provider vouches for', () => {
  it('is made once, without a password, with the role that the claims give', async () => {
    const people = await Promise.all([ensure(SAM), ensure(SAM), ensure(SAM)]);
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    expect(people[0]).toMatchObject({ email: 'sam@example.org', name: 'Sam', role: 'operator', passwordHash: null });
    expect(await database.prisma.user.count()).toBe(1);
  });

  it('is nobody here without a role or an address', async () => {
    expect(await refusalOf({ ...SAM, groups: ['staff'] })).toBe('no-role');
    expect(await refusalOf({ ...SAM, email: undefined })).toBe('no-email');
    expect(await database.prisma.user.count()).toBe(0);
  });

  it('gets another role with other claims, but is known by subject, whatever the address', async () => {
    const admin = await createUser(contextOf(database.prisma), {
      name: 'Root',
      email: 'root@example.org',
      role: 'admin',
      password: PASSWORD,
    });
    const sam = await ensure(SAM);
    expect(await ensure({ ...SAM, email: 'other@example.org', groups: ['platform'] })).toMatchObject({
      id: sam.id,
      email: 'sam@example.org',
      role: 'admin',
    });
    expect(await ensure({ ...SAM, groups: ['ops'] })).toMatchObject({ role: 'operator' });
    await updateUser(contextOf(database.prisma), sam.id, { disabled: true });
    expect(await refusalOf(SAM)).toBe('disabled');
    expect(admin.role).toBe('admin');
  });

  it('takes over an account of the same address only where the provider verified it, and only once', async () => {
    const local = await createUser(contextOf(database.prisma), {
      name: 'Sam Local',
      email: 'sam@example.org',
      role: 'operator',
      password: PASSWORD,
    });
    expect(await refusalOf({ ...SAM, email_verified: false })).toBe('email-taken');
    expect(await refusalOf({ ...SAM, email_verified: 'true' })).toBe('email-taken');
    expect(await ensure(SAM)).toMatchObject({ id: local.id, name: 'Sam Local' });
    expect(await refusalOf({ ...SAM, sub: '43' })).toBe('email-taken');
  });

  it('never stops being the last administrator', async () => {
    const last = await ensure({ ...SAM, groups: ['platform'] });
    expect(await ensure({ ...SAM, groups: ['ops'] })).toMatchObject({ id: last.id, role: 'admin' });
  });
});
