import { randomBytes } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { beginSession } from '@/lib/auth/begin-session';
import { closeDatabaseConnection } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { contextOf, countRows } from '@/lib/usecases/testing';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { createUser } from '@/lib/usecases/users/create-user';
import { updateUser } from '@/lib/usecases/users/update-user';
import type { Route } from './define-route';
import { createTokenRoute, createUserRoute, listUsersRoute, statusRoute, updateUserRoute } from './routes/admin';
import { serve, serveNotFound } from './serve';

const SECRET = 'a session secret of more than 32 characters';
const PASSWORD = 'a long password';
const ORIGIN = 'http://127.0.0.1:3000';

let database: TestDatabase;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('NEXTAUTH_SECRET', SECRET);
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  for (const role of ['admin', 'viewer'] as const) {
    const { token } = await createToken(contextOf(database.prisma), { name: role, role });
    tokens.set(role, token);
  }
});
afterAll(async () => {
  await closeDatabaseConnection();
  await database.close();
  vi.unstubAllEnvs();
});

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly params?: Record<string, string>;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly role?: Role | null;
  readonly headers?: Record<string, string>;
}

const send = async (route: Route, sent: Sent = {}) => {
  const { role = 'admin' } = sent;
  const hasBody = sent.body !== undefined || sent.rawBody !== undefined;
  const request = new NextRequest(`${ORIGIN}${sent.path ?? '/api/v1/test'}`, {
    method: sent.method ?? route.method.toUpperCase(),
    headers: {
      ...(role === null ? {} : { Authorization: `Bearer ${tokens.get(role)}` }),
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
      ...sent.headers,
    },
    ...(hasBody ? { body: sent.rawBody ?? JSON.stringify(sent.body) } : {}),
  });
  const response = await serve(route)(request, { params: Promise.resolve(sent.params ?? {}) });
  return { status: response.status, headers: response.headers, body: await response.json() };
};

const person = (email: string) => ({ email, name: 'Somebody', password: PASSWORD, role: 'viewer' });

describe('a request', () => {
  it('is answered with its id, uncached', async () => {
    const { status, headers, body } = await send(statusRoute);
    expect(status).toBe(200);
    expect(body).toMatchObject({ clusters: 0, orchestrator: { alive: false } });
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['nobody', { role: null }],
    ['an unknown token', { role: null, headers: { Authorization: 'Bearer hr_unknown' } }],
    ['another scheme', { role: null, headers: { Authorization: 'Basic YTpi' } }],
    ['a forged session', { role: null, headers: { Cookie: 'next-auth.session-token=forged' } }],
  ])('by %s is refused with 401', async (_who, sent) => {
    const { status, headers, body } = await send(statusRoute, sent as Sent);
    expect([status, body.error.code]).toEqual([401, 'unauthenticated']);
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['is no JSON', { rawBody: '{' }, 'not JSON'],
    ['is of another type', { body: {}, headers: { 'Content-Type': 'text/plain' } }, 'application/json'],
    ['is too long', { rawBody: JSON.stringify({ name: 'x'.repeat(1024 * 1024) }) }, 'at most'],
    ['is missing', {}, 'email'],
    ['has a field that does not exist', { body: { ...person('a@example.org'), admin: true } }, 'admin'],
  ])('whose body %s is refused with 400 and changes nothing', async (_what, sent, message) => {
    const before = await countRows(database.prisma);
    const { status, body } = await send(createUserRoute, sent as Sent);
    expect([status, body.error.code]).toEqual([400, 'malformed']);
    expect(body.error.message).toContain(message);
    expect(await countRows(database.prisma)).toEqual(before);
  });

  it('with several faults is told all of them by field', async () => {
    const { body } = await send(createUserRoute, {
      body: { email: 'nobody', name: ' ', password: 'short', role: 'king' },
    });
    const fields = body.error.details.fields.map((f: { field: string }) => f.field);
    expect(fields).toEqual(['email', 'name', 'password', 'role']);
  });

  it('for what the role may not is refused with 403', async () => {
    const { status, body } = await send(listUsersRoute, { role: 'viewer' });
    expect([status, body.error.code]).toEqual([403, 'forbidden']);
    expect(body.error.message).toContain('admin');
  });

  it('with a bad page or cursor is refused with 400', async () => {
    for (const query of ['limit=0', 'limit=x', 'cursor=nonsense']) {
      expect((await send(listUsersRoute, { path: `/api/v1/users?${query}` })).status).toBe(400);
    }
  });

  it('to nowhere is answered in the same form', async () => {
    const response = await serveNotFound(new NextRequest(`${ORIGIN}/api/v1/nowhere`), { params: Promise.resolve({}) });
    expect(response.status).toBe(404);
    expect((await response.json()).error.code).toBe('not_found');
  });
});

describe('an Idempotency-Key', () => {
  it('makes many requests at once one, with one answer', async () => {
    const sent = { body: person('once@example.org'), headers: { 'Idempotency-Key': 'one' } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(createUserRoute, sent)));
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(await database.prisma.user.count({ where: { email: 'once@example.org' } })).toBe(1);
  });

  it('keeps a refusal too', async () => {
    const body = person('once@example.org');
    const first = await send(createUserRoute, { body, headers: { 'Idempotency-Key': 'refused' } });
    await database.prisma.user.delete({ where: { email: 'once@example.org' } });
    const second = await send(createUserRoute, { body, headers: { 'Idempotency-Key': 'refused' } });
    expect([first.status, second.status]).toEqual([409, 409]);
    expect(second.body).toEqual(first.body);
  });

  it('of another body is refused, and belongs to whoever sent it', async () => {
    const { status, body } = await send(createUserRoute, {
      body: person('other@example.org'),
      headers: { 'Idempotency-Key': 'one' },
    });
    expect([status, body.error.code]).toEqual([409, 'idempotency_mismatch']);
    const viewer = await send(createUserRoute, {
      role: 'viewer',
      body: person('other@example.org'),
      headers: { 'Idempotency-Key': 'one' },
    });
    expect(viewer.status).toBe(403);
  });

  it('never keeps a secret that is shown once', async () => {
    const sent = { body: { name: 'ci', role: 'viewer' }, headers: { 'Idempotency-Key': 'secret' } };
    const first = await send(createTokenRoute, sent);
    const second = await send(createTokenRoute, sent);
    expect([first.status, second.status]).toEqual([201, 409]);
    const kept = await database.prisma.idempotencyKey.findMany();
    expect(JSON.stringify(kept.map((row) => row.response))).not.toContain(first.body.token.slice(3));
  });
});

describe('a session', () => {
  const cookieOf = async (user: { id: string }): Promise<string> => {
    const begun = { userId: user.id, passwordHash: null, method: 'password', address: '', userAgent: '' } as const;
    const sessionId = (await beginSession(database.prisma, begun, new Date())) ?? '';
    const token = await encode({ token: { sub: user.id, sessionId, role: 'admin' }, secret: SECRET });
    return `next-auth.session-token=${token}`;
  };

  it('acts with the role that the database has now, from the console only, until it is ended', async () => {
    const admin = contextOf(database.prisma);
    await createUser(admin, { ...person('remains@example.org'), role: 'admin' });
    const user = await createUser(admin, { ...person('session@example.org'), role: 'admin' });
    const cookie = await cookieOf(user);
    const rename = (headers: Record<string, string>) =>
      send(updateUserRoute, {
        role: null,
        params: { id: user.id },
        body: { name: 'Renamed' },
        headers: { Cookie: cookie, ...headers },
      });
    expect((await rename({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    expect((await rename({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await rename({ Origin: 'http://evil.example', Host: '127.0.0.1:3000' })).status).toBe(403);
    expect((await rename({})).status).toBe(403);

    await updateUser(admin, user.id, { role: 'viewer' });
    expect((await rename({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(401);
    const renewed = await cookieOf(user);
    const list = await send(listUsersRoute, { role: null, headers: { Cookie: renewed } });
    expect(list.status).toBe(403);
  });
});
