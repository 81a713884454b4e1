import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '@/lib/api/testing';
import { beginSession } from '@/lib/auth/begin-session';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf, insertHosts } from '@/lib/usecases/testing';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { createUser } from '@/lib/usecases/users/create-user';
import { main } from './main';

let database: TestDatabase;
let server: TestServer;
let userId = '';

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  const admin = contextOf(database.prisma);
  const person = { name: 'Ada', email: 'ada@example.org', role: 'viewer' as const, password: 'a long password' };
  userId = (await createUser(admin, person)).id;
  const { token } = await createToken(admin, { name: 'cli', role: 'admin' });
  server = await startTestServer();
  vi.stubEnv('HEADROOM_URL', server.url);
  vi.stubEnv('HEADROOM_TOKEN', token);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await server.close();
  await database.close();
  vi.unstubAllEnvs();
});

const run = async (...args: string[]) => {
  const text = { out: '', err: '' };
  for (const [name, to] of [
    ['stdout', 'out'],
    ['stderr', 'err'],
  ] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      text[to] += String(chunk);
      return true;
    });
  }
  const code = await main(['node', 'headroom', ...args]);
  vi.restoreAllMocks();
  return { code, ...text };
};

describe('people by command line', () => {
  it('have their preferences shown and changed, and nothing that may not be chosen', async () => {
    expect((await run('user', 'preferences', 'ada@example.org')).out).toContain('Zone of the browser, theme system');
    const changed = await run('user', 'preferences', 'Ada@example.org', '--zone', 'Asia/Tokyo', '--mute', 'alarm');
    expect(changed.out).toMatch(/Zone Asia\/Tokyo.*\nNo notices of: alarm/);
    const back = await run('user', 'preferences', 'ada@example.org', '--zone', 'browser', '--mute', 'none', '--json');
    expect(JSON.parse(back.out)).toMatchObject({ zone: null, muted: [], theme: 'system' });
    expect((await run('user', 'preferences', 'ada@example.org', '--zone', 'Mars/Base')).code).toBe(3);
    expect((await run('user', 'preferences', 'ada@example.org', '--theme', 'pink')).code).toBe(2);
    expect((await run('user', 'preferences', 'nobody@example.org')).code).toBe(3);
  });

  it('are listed, change their role, and are disabled and enabled by their address', async () => {
    expect((await run('user', 'list')).out).toContain('ada@example.org');
    expect((await run('user', 'role', 'Ada@example.org', '--role', 'operator')).out).toContain('is operator');
    await run('user', 'disable', 'ada@example.org');
    expect((await database.prisma.user.findUniqueOrThrow({ where: { id: userId } })).disabledAt).not.toBeNull();
    await run('user', 'enable', 'ada@example.org');
    expect((await database.prisma.user.findUniqueOrThrow({ where: { id: userId } })).disabledAt).toBeNull();
    expect((await run('user', 'role', 'nobody@example.org', '--role', 'viewer')).code).toBe(3);
  });

  it('have their sessions listed and ended, and their second factor taken away', async () => {
    const begun = { userId, passwordHash: null, method: 'password', address: '192.0.2.7', userAgent: '' } as const;
    const id = (await beginSession(database.prisma, begun, new Date())) ?? '';
    expect(JSON.parse((await run('session', 'list', '--json')).out)).toMatchObject([{ id, address: '192.0.2.7' }]);
    expect((await run('session', 'end', id)).code).toBe(0);
    expect(JSON.parse((await run('session', 'list', '--json')).out)).toEqual([]);
    expect((await run('user', 'reset-two-factor', 'ada@example.org')).code).toBe(3);
    await database.prisma.user.update({
      where: { id: userId },
      data: { totpSecret: 'sealed', totpConfirmedAt: new Date() },
    });
    expect((await run('user', 'reset-two-factor', 'ada@example.org')).code).toBe(0);
    expect((await database.prisma.user.findUniqueOrThrow({ where: { id: userId } })).totpSecret).toBeNull();
  });
});

describe('labels by command line', () => {
  it('are said of hosts and sites, and taken away', async () => {
    await insertHosts(database.prisma);
    expect((await run('host', 'label', 'paris-1', 'rack=b4', 'ssd')).out).toBe('paris-1: rack=b4 ssd\n');
    expect((await run('site', 'label', 'paris', 'tier=gold')).out).toBe('paris: tier=gold\n');
    expect((await run('host', 'label', 'paris-1')).out).toBe('paris-1: no labels\n');
    expect((await run('host', 'label', 'paris-1', 'two words')).code).toBe(3);
  });
});

describe('guests by command line', () => {
  it('are refused when there is no such VM, and a console has no JSON', async () => {
    expect((await run('vm', 'log', 'nothing-1')).code).toBe(3);
    expect((await run('vm', 'console', 'nothing-1')).code).toBe(3);
    expect((await run('vm', 'console', 'nothing-1', '--json')).code).toBe(2);
    expect(JSON.parse((await run('image', 'list', '--json')).out)).toEqual([]);
  });
});
