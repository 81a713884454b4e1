import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf } from '../testing';
import { findOidcProvider, getOidcSettings, removeOidcSettings, setOidcSettings } from './oidc';

let database: TestDatabase;
let issuer = '';
const server = createServer((request, answer) => {
  if (request.url === '/.well-known/openid-configuration') answer.end(JSON.stringify({ issuer }));
  else answer.writeHead(404).end();
});

beforeAll(async () => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await database.close();
});

const admin = () => contextOf(database.prisma);
const given = () => ({
  label: 'Example ID',
  issuer,
  clientId: 'headroom',
  clientSecret: 'the secret of the client',
  roleClaim: 'groups',
  roles: [{ value: 'ops', role: 'operator' as const }],
  defaultRole: null,
});

describe('the settings of single sign-on', () => {
  it('keep the secret sealed and show it to nobody; sign-in alone opens it', async () => {
    expect(await findOidcProvider(database.prisma, {})).toBeNull();
    const view = await setOidcSettings(admin(), given(), {});
    expect(view).toMatchObject({ source: 'console', issuer, hasClientSecret: true, updatedBy: 'admin@example.org' });
    expect(JSON.stringify(view)).not.toContain('the secret');
    expect(await findOidcProvider(database.prisma, {})).toMatchObject({ clientSecret: 'the secret of the client' });
    const { rows } = await database.pool.query(
      `select string_agg(t::text, ' ') as text from (select to_jsonb(s) from "Setting" s
         union all select to_jsonb(a) from "AuditEntry" a union all select to_jsonb(e) from "Event" e) t`,
    );
    expect(rows[0].text).toContain('settings.oidc');
    expect(rows[0].text).not.toContain('the secret of the client');
  });

  it('keep the present secret where none is given, for the same issuer and client only', async () => {
    const { clientSecret: _, ...without } = given();
    expect(await setOidcSettings(admin(), { ...without, label: 'Other' }, {})).toMatchObject({ label: 'Other' });
    expect(await findOidcProvider(database.prisma, {})).toMatchObject({ clientSecret: 'the secret of the client' });
    await expect(setOidcSettings(admin(), { ...without, issuer: `${issuer}/other` }, {})).rejects.toMatchObject({
      details: { fields: [{ field: 'clientSecret' }] },
    });
  });

  it('refuse an issuer that is none, and leave what was set', async () => {
    await expect(setOidcSettings(admin(), { ...given(), issuer: `${issuer}/nowhere` }, {})).rejects.toMatchObject({
      details: { fields: [{ field: 'issuer' }] },
    });
    expect(await getOidcSettings(admin(), {})).toMatchObject({ issuer });
  });

  it('are those of the environment where it has some, and cannot be changed here then', async () => {
    const env = {
      HEADROOM_OIDC_ISSUER: 'https://id.example.org',
      HEADROOM_OIDC_CLIENT_ID: 'from-env',
      HEADROOM_OIDC_CLIENT_SECRET: 'another secret',
      HEADROOM_OIDC_ROLES: 'platform=admin, ops=operator',
    };
    expect(await getOidcSettings(admin(), env)).toMatchObject({
      source: 'environment',
      clientId: 'from-env',
      roles: [
        { value: 'platform', role: 'admin' },
        { value: 'ops', role: 'operator' },
      ],
    });
    expect(JSON.stringify(await getOidcSettings(admin(), env))).not.toContain('another secret');
    await expect(setOidcSettings(admin(), given(), env)).rejects.toMatchObject({ code: 'wrong_state' });
    const wrong = { ...env, HEADROOM_OIDC_ROLES: 'ops=root' };
    await expect(findOidcProvider(database.prisma, wrong)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('are removed', async () => {
    expect(await removeOidcSettings(admin(), {})).toMatchObject({ source: 'none' });
    expect(await findOidcProvider(database.prisma, {})).toBeNull();
  });
});
