import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemClock } from '@/lib/clock';
import type { Prisma } from '@/lib/db/generated/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { policySchema } from '@/lib/domain/policy/schema';
import { startTestMailServer, type TestMailServer } from '@/lib/mail/testing';
import { ensureAlarm } from '@/lib/usecases/alarms/raise';
import { policyActor } from '@/lib/usecases/context';
import {
  createChannel,
  deleteChannel,
  listDeliveries,
  testChannel,
  updateChannel,
} from '@/lib/usecases/notifications/channels';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { getPolicyRow } from '@/lib/usecases/policies/policies';
import { recommend } from '@/lib/usecases/recommendations/recommend';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '@/lib/usecases/testing';
import { runningCluster } from '@/lib/usecases/testing-cluster';
import { createUser } from '@/lib/usecases/users/create-user';
import { notifierWith } from '../tasks/notifier';

interface Received {
  readonly signature: string;
  readonly body: string;
}

let database: TestDatabase;
let offsetMs = 0;
let answer = 200;
let smtp: TestMailServer;
const hooks: Received[] = [];

const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  hooks.push({
    signature: String(request.headers['x-headroom-signature']),
    body: Buffer.concat(chunks).toString(),
  });
  response.writeHead(answer).end();
});
const portOf = (address: AddressInfo | string | null): number => (address as AddressInfo).port;

beforeAll(async () => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  smtp = await startTestMailServer();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await smtp.close();
  await new Promise((resolve) => receiver.close(resolve));
  await database.close();
});

const run = async (): Promise<void> => {
  const settings = {
    consoleUrl: 'https://headroom.example.org',
    mail: {
      url: smtp.url,
      from: 'headroom@example.org',
    },
  };
  const clock = {
    ...systemClock,
    now: () => new Date(Date.now() + offsetMs),
    sleep: async () => undefined,
    after: () => () => undefined,
  };
  await notifierWith(settings)({ db: database.prisma, clock }).run(new AbortController().signal);
};
const admin = () => contextOf(database.prisma);
const deliveries = async () => (await listDeliveries(admin(), { limit: 100 })).items;

it('a person, a role and a webhook are told once, and the webhook can check who told it', async () => {
  await createUser(admin(), { email: 'olga@example.org', name: 'Olga', password: 'a long password', role: 'operator' });
  const topics = ['operation-ended' as const];
  await createChannel(admin(), { kind: 'person', name: 'ada', email: 'ada@example.org', topics });
  await createChannel(admin(), { kind: 'role', name: 'operators', role: 'operator', topics });
  const url = `http://127.0.0.1:${portOf(receiver.address())}/hook`;
  const { secret } = await createChannel(admin(), { kind: 'webhook', name: 'chat', url, topics });
  const kept = await database.prisma.notificationChannel.findMany({ where: { kind: 'webhook' } });
  expect(JSON.stringify(kept)).not.toContain(secret);
  await createChannel(admin(), { kind: 'person', name: 'other', email: 'other@example.org', topics: ['failure'] });
  await runningCluster(database.prisma);
  await run();
  await run();
  expect(smtp.mails.map(({ to }) => to[0]).sort()).toEqual(['ada@example.org', 'olga@example.org']);
  expect(smtp.mails[0]?.text).toContain('Subject: shop: create done');
  expect(smtp.mails[0]?.text).toMatch(/https:\/\/headroom\.example\.org\/operations\//);
  expect(hooks).toHaveLength(1);
  const [hook] = hooks;
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(hook?.signature ?? '') ?? [];
  expect(
    createHmac('sha256', secret ?? '')
      .update(`${t}.${hook?.body}`)
      .digest('hex'),
  ).toBe(v1);
  expect(JSON.parse(hook?.body ?? '')).toMatchObject({
    topic: 'operation-ended',
    text: expect.stringContaining('*shop: create done*'),
  });
  expect((await deliveries()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
    'sent 1',
    'sent 1',
    'sent 1',
  ]);
});

it('what fails is tried again later, and the log says what went wrong', async () => {
  const url = `http://127.0.0.1:${portOf(receiver.address())}/hook`;
  const { id } = await createChannel(admin(), { kind: 'webhook', name: 'flaky', url, topics: ['failure'] });
  await testChannel(admin(), id);
  answer = 500;
  const before = hooks.length;
  await run();
  await run();
  expect(hooks.length).toBe(before + 1);
  const [failed] = await deliveries();
  expect(failed).toMatchObject({
    state: 'pending',
    attempts: 1,
    lastError: 'the receiver answered 500',
    topic: 'test',
  });
  answer = 200;
  offsetMs += 11_000;
  await run();
  const [sent] = await deliveries();
  expect(sent).toMatchObject({ state: 'sent', attempts: 2, lastError: null });
});

it('a channel that is removed is told no more', async () => {
  const topics = ['failure' as const];
  const { id } = await createChannel(admin(), { kind: 'person', name: 'gone', email: 'gone@example.org', topics });
  await testChannel(admin(), id);
  await deleteChannel(admin(), id);
  await run();
  expect(smtp.mails.some(({ to }) => to.includes('gone@example.org'))).toBe(false);
  expect((await deliveries())[0]).toMatchObject({ state: 'failed', lastError: 'The channel was removed.' });
});

it('a secret that was stored as it is gets sealed, and signs as before', async () => {
  const url = `http://127.0.0.1:${portOf(receiver.address())}/hook`;
  const { id } = await createChannel(admin(), { kind: 'webhook', name: 'old', url, topics: ['failure'] });
  const secret = 'whsec_from-before';
  await database.prisma.notificationChannel.update({ where: { id }, data: { secret } });
  await testChannel(admin(), id);
  await run();
  const hook = hooks.at(-1);
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(hook?.signature ?? '') ?? [];
  const expected = createHmac('sha256', secret).update(`${t}.${hook?.body}`).digest('hex');
  expect(v1).toBe(expected);
  const row = await database.prisma.notificationChannel.findUniqueOrThrow({ where: { id } });
  expect(row.secret).not.toContain(secret);
});

it('who is asked for approval by mail gets a link of their own, which the delivery log does not hold', async () => {
  const policy = await createPolicy(
    admin(),
    policySchema.parse({
      name: 'peak',
      cluster: 'shop',
      mode: 'approval',
      rule: { kind: 'threshold', metric: 'cpu', up: { above: 0.5, step: { nodes: 1 } } },
    }),
  );
  const topics = ['recommendation' as const];
  await createUser(admin(), { email: 'nora@example.org', name: 'Nora', password: 'a long password', role: 'oncall' });
  await createChannel(admin(), { kind: 'role', name: 'on call', role: 'oncall', topics });
  await createChannel(admin(), { kind: 'person', name: 'list', email: 'list@example.org', topics });
  const row = await getPolicyRow(database.prisma, policy.id);
  const size = (nodes: number) => ({ nodes, vcpus: 1, memoryMiB: 256 });
  const wish = { policy: row, from: size(2), to: size(3), reason: 'busy', evidence: async () => null };
  const { id } = await recommend({ ...admin(), actor: policyActor(row) }, wish);
  smtp.mails.length = 0;
  await run();
  const mailTo = (address: string) =>
    smtp.mails.find(({ to }) => to.includes(address))?.text.replaceAll(/=\r?\n/g, '') ?? '';
  expect(mailTo('nora@example.org')).toMatch(/headroom\.example\.org\/decide\?token=/);
  expect(mailTo('nora@example.org')).toContain('Expected outage');
  expect(mailTo('list@example.org')).not.toContain('/decide');
  expect(mailTo('list@example.org')).toContain(`/approvals/${id}`);
  const log = await database.prisma.notificationDelivery.findMany({ where: { topic: 'recommendation' } });
  expect(log).toHaveLength(2);
  expect(JSON.stringify(log)).not.toContain('token=');

  const { plan } = await database.prisma.recommendation.findUniqueOrThrow({ where: { id } });
  const asStored = (value: unknown) => value as Prisma.InputJsonObject;
  const remake = (expectedOutageMs: number) =>
    database.prisma.recommendation.update({
      where: { id },
      data: { plan: { ...asStored(plan), expectedOutageMs }, remade: { increment: 1 } },
    });
  smtp.mails.length = 0;
  await remake((plan as { expectedOutageMs: number }).expectedOutageMs);
  await run();
  expect(smtp.mails).toEqual([]);
  await remake(4_000);
  await run();
  expect(mailTo('nora@example.org')).toContain('the plan was made anew');
  expect(mailTo('nora@example.org')).toContain('about 4000 ms');
});

it('a fence in doubt is told under its own topic, other alarms as failures, each once and to whom wants it now', async () => {
  const person = (name: string, topics: ('fencing' | 'failure')[]) =>
    createChannel(admin(), { kind: 'person', name, email: `${name}@example.org`, topics });
  await person('fencer', ['fencing']);
  await person('mender', ['failure']);
  const { id } = await person('later', ['failure']);
  expect(await updateChannel(admin(), id, { topics: ['fencing'] })).toMatchObject({
    name: 'later',
    topics: ['fencing'],
  });
  const raise = (kind: 'fence-in-doubt' | 'recovery-limit', subject: string, name: string) =>
    ensureAlarm(database.prisma, new Date(Date.now() + offsetMs), { kind, subject, name, message: `about ${name}` });
  await raise('fence-in-doubt', 'host/paris-2', 'paris-2');
  await raise('recovery-limit', 'cluster/shop', 'shop');
  smtp.mails.length = 0;
  await run();
  await run();
  const told = smtp.mails.filter(({ to }) => /^(fencer|mender|later)@/.test(to[0] ?? ''));
  const subjects = told.map(({ to, text }) => `${to[0]} ${/^Subject: (.*)$/m.exec(text)?.[1]?.trim()}`).sort();
  expect(subjects).toEqual([
    'fencer@example.org paris-2: not known whether it still runs, decide',
    'later@example.org paris-2: not known whether it still runs, decide',
    'mender@example.org shop: recovery limit',
  ]);
  expect(smtp.mails.find(({ to }) => to[0] === 'fencer@example.org')?.text).toContain('/hosts/paris-2');
});
