import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf } from '../testing';
import { findMailServer, getSmtpSettings, removeSmtpSettings, setSmtpSettings, testSmtp } from './smtp';

const PASSWORD = 'p@ss/word of the:server';
const NOT_SET = { url: undefined, from: undefined };
let database: TestDatabase;
let port = 0;
const received: string[] = [];
const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _session, done) =>
    username === 'headroom' && password === PASSWORD ? done(null, { user: username }) : done(new Error('no')),
  onData: (stream, _session, done) => {
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
    });
    stream.on('end', () => {
      received.push(text);
      done();
    });
  },
});

beforeAll(async () => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await database.close();
});

const admin = () => contextOf(database.prisma);
const given = () => ({
  host: '127.0.0.1',
  port,
  secure: false,
  user: 'headroom',
  password: PASSWORD,
  from: 'headroom@example.org',
});

describe('the mail server that is set in the console', () => {
  it('is sent by, its password sealed and shown to nobody', async () => {
    await expect(testSmtp(admin(), { to: 'ada@example.org' }, {})).rejects.toMatchObject({ code: 'impossible' });
    const view = await setSmtpSettings(admin(), given(), {});
    expect(view).toMatchObject({ source: 'console', user: 'headroom', hasPassword: true });
    expect(await testSmtp(admin(), { to: 'ada@example.org' }, {})).toEqual({
      to: 'ada@example.org',
      server: `127.0.0.1:${port}`,
    });
    expect(received.at(-1)).toMatch(
      /From: headroom@example\.org[\s\S]*To: ada@example\.org[\s\S]*Headroom can send mail/,
    );
    const { rows } = await database.pool.query(
      `select string_agg(t::text, ' ') as text from (select to_jsonb(s) from "Setting" s
         union all select to_jsonb(a) from "AuditEntry" a union all select to_jsonb(e) from "Event" e) t`,
    );
    expect(rows[0].text).toContain('settings.smtp-test');
    expect(rows[0].text + JSON.stringify(view)).not.toContain(PASSWORD);
  });

  it('keeps its password for the same user at the same server only', async () => {
    const { password: _, ...without } = given();
    await setSmtpSettings(admin(), { ...without, from: 'other@example.org' }, {});
    await testSmtp(admin(), { to: 'ada@example.org' }, {});
    await expect(setSmtpSettings(admin(), { ...without, host: 'elsewhere' }, {})).rejects.toMatchObject({
      details: { fields: [{ field: 'password' }] },
    });
  });

  it('tells in the words of the server why a mail was not sent, and not the password', async () => {
    await setSmtpSettings(admin(), { ...given(), password: 'a wrong password' }, {});
    const refusal = await testSmtp(admin(), { to: 'ada@example.org' }, {}).catch((error: Error) => error.message);
    expect(refusal).toContain('The test mail was not sent');
    expect(refusal).not.toContain('a wrong password');
  });

  it('gives way to the one that the environment names, and is removed', async () => {
    const env = { HEADROOM_SMTP_URL: 'smtps://ops:secret@mail.example.org', HEADROOM_SMTP_FROM: 'env@example.org' };
    const view = await getSmtpSettings(admin(), env);
    expect(view).toMatchObject({
      source: 'environment',
      host: 'mail.example.org',
      port: 465,
      secure: true,
      user: 'ops',
    });
    expect(JSON.stringify(view)).not.toContain('secret');
    await expect(setSmtpSettings(admin(), given(), env)).rejects.toMatchObject({ code: 'wrong_state' });
    const fromEnvironment = { url: env.HEADROOM_SMTP_URL, from: env.HEADROOM_SMTP_FROM };
    expect(await findMailServer(database.prisma, fromEnvironment)).toEqual(fromEnvironment);
    expect((await findMailServer(database.prisma, NOT_SET)).url).toContain('127.0.0.1');
    await removeSmtpSettings(admin(), {});
    expect(await findMailServer(database.prisma, NOT_SET)).toEqual(NOT_SET);
  });
});
