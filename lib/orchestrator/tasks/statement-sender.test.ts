import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '@/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { startTestMailServer, type TestMailServer } from '@/lib/mail/testing';
import { verifyAudit } from '@/lib/usecases/audit/audit';
import { createRate } from '@/lib/usecases/billing/rates';
import { sendStatement } from '@/lib/usecases/billing/send-statement';
import { setSchedule } from '@/lib/usecases/billing/statement-schedules';
import { closeMonth, getStatement } from '@/lib/usecases/billing/statements';
import { TEST_RATE } from '@/lib/usecases/billing/testing';
import type { UseCaseContext } from '@/lib/usecases/context';
import { contextOf } from '@/lib/usecases/testing';
import { liveVm } from '@/lib/usecases/usage/testing';
import { statementSenderWith } from './statement-sender';

let database: TestDatabase;
let smtp: TestMailServer;

const at = (time: string): UseCaseContext => ({
  ...contextOf(database.prisma, 'finance'),
  clock: () => new Date(time),
});

/** What the task does at a moment, and whom mail reached by it. */
const send = async (time: string): Promise<readonly string[]> => {
  const before = smtp.mails.length;
  const settings = {
    consoleUrl: 'https://headroom.example.org',
    mail: { url: smtp.url, from: 'headroom@example.org' },
  };
  const clock = { ...systemClock, now: () => new Date(time) };
  await statementSenderWith(settings)({ db: database.prisma, clock }).run(new AbortController().signal);
  return smtp.mails
    .slice(before)
    .map(({ to }) => to.join())
    .sort();
};

const live = (month: number): Promise<void> =>
  liveVm(database.prisma, { id: `v${month}`, from: `2026-0${month}-05T00:00:00Z`, to: `2026-0${month}-06T00:00:00Z` });

beforeAll(async () => {
  database = await createTestDatabase();
  smtp = await startTestMailServer();
  await createRate(at('2026-01-01T00:00:00Z'), TEST_RATE);
  await live(1);
  await live(2);
  await closeMonth(at('2026-02-02T00:00:00Z'), { month: '2026-01' });
});
afterAll(async () => {
  await smtp.close();
  await database.close();
});

it('a closed statement goes to those whom its schedule names, on its day and once, with PDF and CSV', async () => {
  await setSchedule(at('2026-02-10T00:00:00Z'), { costCentre: null, recipients: ['cfo@example.org'], dayOfMonth: 3 });
  const recipients = ['ada@example.org', 'bob@example.org'];
  await setSchedule(at('2026-02-10T00:00:00Z'), { costCentre: 'default', recipients, dayOfMonth: 3 });
  // January was due before anybody asked for it.
  expect(await send('2026-02-11T00:00:00Z')).toEqual([]);
  await closeMonth(at('2026-03-02T00:00:00Z'), { month: '2026-02' });
  expect(await send('2026-03-02T23:59:59Z')).toEqual([]);
  expect((await getStatement(at('2026-03-02T23:59:59Z'), '2026-02.default')).state).toBe('closed');
  expect(await send('2026-03-03T00:00:00Z')).toEqual(recipients);
  expect(await send('2026-03-03T01:00:00Z')).toEqual([]);
  const statement = await getStatement(at('2026-03-03T01:00:00Z'), '2026-02.default');
  expect(statement).toMatchObject({ state: 'sent', mails: [] });
  expect(statement.sendings.flatMap((sending) => sending.recipients).sort()).toEqual(recipients);
  const [mail] = smtp.mails;
  expect(mail?.text).toContain(`Subject: Statement 2026-02, default: ${statement.total} EUR`);
  expect(mail?.text).toMatch(/https:\/\/headroom\.example\.org\/cost\/statements\/2026-02\.default/);
  expect(mail?.text).toMatch(/filename=headroom-statement-2026-02\.default\.pdf/);
  expect(mail?.text).toMatch(/filename=headroom-statement-2026-02\.default\.csv/);
  expect(mail?.text).toContain(Buffer.from('%PDF-1.').toString('base64').slice(0, 9));
});

it('one that is asked for goes now; what a mail server refuses is tried again, and said', async () => {
  await sendStatement(at('2026-03-04T00:00:00Z'), '2026-01.default', { recipients: ['eve@example.org'] });
  smtp.isRefusing = true;
  expect(await send('2026-03-04T00:00:01Z')).toEqual([]);
  const waiting = await getStatement(at('2026-03-04T00:00:02Z'), '2026-01.default');
  expect(waiting).toMatchObject({ state: 'closed', mails: [{ to: 'eve@example.org', state: 'pending', attempts: 1 }] });
  expect(waiting.mails[0]?.lastError).toContain('not now');
  smtp.isRefusing = false;
  expect(await send('2026-03-04T00:00:02Z')).toEqual([]);
  expect(await send('2026-03-04T00:00:11Z')).toEqual(['eve@example.org']);
  expect((await getStatement(at('2026-03-04T00:01:00Z'), '2026-01.default')).state).toBe('sent');
});

it('refuses to send a draft, and leaves every chain whole', async () => {
  await live(3);
  const asked = sendStatement(at('2026-03-20T00:00:00Z'), '2026-03.default', { recipients: ['eve@example.org'] });
  await expect(asked).rejects.toMatchObject({ code: 'wrong_state' });
  expect((await verifyAudit(at('2026-03-20T00:00:00Z'))).ok).toBe(true);
});
