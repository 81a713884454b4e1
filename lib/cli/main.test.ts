import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '@/lib/api/testing';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { notifyEvents } from '@/lib/events/notify';
import { ensureFirstRate } from '@/lib/usecases/billing/rates';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '@/lib/usecases/testing';
import { executePlan } from '@/lib/usecases/testing-cluster';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { liveVm } from '@/lib/usecases/usage/testing';
import { main } from './main';

const PATIENCE_MS = 15_000;

let database: TestDatabase;
let server: TestServer;

beforeAll(async () => {
  database = await createTestDatabase();
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('NEXTAUTH_SECRET', 'a session secret of more than 32 characters');
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  const { token } = await createToken(contextOf(database.prisma), { name: 'cli', role: 'operator' });
  server = await startTestServer();
  vi.stubEnv('HEADROOM_URL', server.url);
  vi.stubEnv('HEADROOM_TOKEN', token);
});
afterEach(() => {
  vi.restoreAllMocks();
});
const folders: string[] = [];
const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-cli-'));
  folders.push(folder);
  return folder;
};

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
  await server.close();
  await database.close();
  vi.unstubAllEnvs();
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = async (...args: string[]): Promise<Ran> => {
  const text = { out: '', err: '' };
  const capture = (to: keyof typeof text) => (chunk: unknown) => {
    text[to] += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(capture('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(capture('err'));
  const code = await main(['node', 'headroom', ...args]);
  vi.restoreAllMocks();
  return { code, ...text };
};

const SHOP = ['cluster', 'create', 'shop', '--workload', 'web', '--nodes', '2', '--vcpus', '1', '--memory'];

describe('the command line', () => {
  it('shows what there is without a connection, and ends with 2 for what there is not', async () => {
    expect((await run('--help')).code).toBe(0);
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const args of [['bogus'], ['cluster', 'show'], ['cluster', 'change', 'shop', '--nodes', 'two']]) {
      expect((await run(...args)).code).toBe(2);
    }
  });

  it('tells a refusal by field, ends with 3, and changes nothing', async () => {
    const before = await countRows(database.prisma);
    const refused = await run(...SHOP, '300');
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('requirements.shape.memoryMiB: A multiple of 128 MiB');
    const json = await run(...SHOP, '300', '--json');
    expect(JSON.parse(json.out).error).toMatchObject({ code: 'malformed' });
    expect(await countRows(database.prisma)).toEqual(before);
  });

  it('ends with 4 when the role may not, and with 1 when nothing answers', async () => {
    expect((await run('token', 'list')).code).toBe(4);
    vi.stubEnv('HEADROOM_URL', 'http://127.0.0.1:9');
    expect((await run('status')).code).toBe(1);
    vi.stubEnv('HEADROOM_URL', server.url);
  });

  it('prints one JSON value on standard output and nothing else there', async () => {
    for (const args of [
      ['host', 'list'],
      ['workload', 'list'],
      ['lab', 'status'],
      ['--json', 'status'],
      ['overview'],
    ]) {
      const { code, out } = await run(...args, '--json');
      expect(code).toBe(0);
      expect(() => JSON.parse(out)).not.toThrow();
    }
  });

  it('gives an overview with what needs somebody, and how to go on', async () => {
    expect((await run('overview')).out).toMatch(/Nothing needs you now/);
    const { id } = await database.prisma.alarm.create({
      data: {
        id: 'a1',
        kind: 'fence-in-doubt',
        subject: 'host/paris-1',
        name: 'paris-1',
        message: 'nobody knows',
        raisedAt: new Date(),
      },
    });
    const { code, out } = await run('overview');
    expect(code).toBe(0);
    expect(out).toMatch(/alarm +paris-1 +nobody knows +headroom alarm list/);
    expect(out).toMatch(/paris +paris-1 +up/);
    expect(JSON.parse((await run('overview', '--json')).out)).toMatchObject({
      totals: { hosts: 4 },
      needs: { alarms: [{ id }], stuck: [], approvals: [] },
    });
    await database.prisma.alarm.delete({ where: { id } });
  });

  it('shows a plan and changes nothing', async () => {
    const before = await countRows(database.prisma);
    const { code, out } = await run(...SHOP, '256', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/new +shop-1/);
    expect(out).toMatch(/Plan hash: [0-9a-f]{64}/);
    expect(await countRows(database.prisma)).toEqual(before);
  });

  it('follows an operation line by line to its end and shows what came of it', async () => {
    const creating = run(...SHOP, '256');
    const operation = await vi.waitFor(() => database.prisma.operation.findFirstOrThrow(), { timeout: PATIENCE_MS });
    await database.prisma.operationEvent.create({
      data: {
        operationId: operation.id,
        seq: 1,
        at: new Date(),
        fact: { type: 'step-started', stepId: 'create:shop-1', attempt: 1 },
      },
    });
    await executePlan(database.prisma, operation.id);
    await database.prisma.operationEvent.create({
      data: {
        operationId: operation.id,
        seq: 2,
        at: new Date(),
        fact: { type: 'operation-ended', state: 'done', summary: 'made' },
      },
    });
    await notifyEvents(database.prisma);
    const { code, out, err } = await creating;
    expect(code).toBe(0);
    expect(out).toMatch(/shop: running, generation 1/);
    expect(err).toContain('create done');
  }, 20_000);

  it('ends with 5 when the operation that was watched did not end done', async () => {
    const operation = await database.prisma.operation.findFirstOrThrow();
    await database.prisma.operation.update({
      where: { id: operation.id },
      data: { state: 'undone', summary: 'no room' },
    });
    const { code, err } = await run('operation', 'watch', operation.id);
    expect(code).toBe(5);
    expect(err).toContain('undone: no room');
  });

  it('replays a policy over a trace without a running Headroom, and two side by side', async () => {
    vi.stubEnv('HEADROOM_URL', 'http://127.0.0.1:9');
    const folder = await makeFolder();
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const points = Array.from({ length: 60 }, (_, i) => `${1_800_000_000 + i * 60},${i < 30 ? 0.2 : 0.95}`);
    const trace = await file('trace.csv', `time,value\n${points.join('\n')}\n`);
    const target = await file('target.json', JSON.stringify({ rule: { kind: 'target', metric: 'cpu', value: 0.5 } }));
    const step = { above: 0.8, forMs: 600_000, step: { nodes: 1 } };
    const slow = await file('slow.json', JSON.stringify({ rule: { kind: 'threshold', metric: 'cpu', up: step } }));
    const replay = ['policy', 'backtest', '--file', trace, '--policy', target];
    const one = JSON.parse((await run(...replay, '--json')).out);
    expect(one).toMatchObject({ points: 60, actions: [{ outcome: 'grow', to: { nodes: 2 } }], end: { nodes: 2 } });
    const both = JSON.parse((await run(...replay, '--against', slow, '--json')).out);
    expect(both[1].summary.minutesUnder).toBeGreaterThan(both[0].summary.minutesUnder);
    expect((await run(...replay)).out).toMatch(/minutes too small/);
    expect((await run('policy', 'backtest', '--file', trace)).code).toBe(2);
    const broken = await file('broken.json', JSON.stringify({ rule: { kind: 'target', metric: 'cpu', value: 50 } }));
    const refused = await run('policy', 'backtest', '--file', trace, '--policy', broken);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('rule.value: A share from 0 to 1');
    vi.stubEnv('HEADROOM_URL', server.url);
  });

  it('makes, shows, sets and removes a policy', async () => {
    const cluster = await database.prisma.cluster.findFirstOrThrow();
    const folder = await makeFolder();
    const path = join(folder, 'policy.json');
    const rule = { kind: 'target', metric: 'cpu', value: 0.5 };
    await writeFile(path, JSON.stringify({ name: 'half', cluster: cluster.name, rule }));
    expect((await run('policy', 'create', path)).code).toBe(0);
    expect((await run('policy', 'list')).out).toContain('CPU of the cluster at 50 %');
    expect((await run('policy', 'set', 'half', '--mode', 'approval', '--off')).out).toContain('approval, switched off');
    expect(JSON.parse((await run('policy', 'evaluations', 'half', '--json')).out)).toEqual([]);
    expect((await run('policy', 'backtest', 'half')).code).toBe(3);
    expect(JSON.parse((await run('recommendation', 'list', '--json')).out)).toEqual([]);
    expect((await run('recommendation', 'approve', 'none')).code).toBe(3);
    expect((await run('policy', 'delete', 'half')).code).toBe(0);
  });

  it('shows usage, costs and statements, and writes exports to standard output', async () => {
    await ensureFirstRate(contextOf(database.prisma));
    await liveVm(database.prisma, { id: 'v1', from: '2026-01-05T00:00:00Z', to: '2026-01-05T10:00:00Z' });
    const month = new Date().toISOString().slice(0, 7);
    expect((await run('usage', 'list')).out).toContain('more visitors');
    const [usage] = JSON.parse((await run('usage', 'list', '--json')).out);
    expect(usage).toMatchObject({ name: 'v1', seconds: '36000' });
    expect((await run('usage', 'show', usage.id)).out).toContain('ada@example.org');
    expect((await run('usage', 'costs', '--month', month)).out).toContain('total');
    expect((await run('usage', 'rates')).out).toContain('in force');
    const exported = await run('usage', 'export', '--month', month);
    expect([exported.code, exported.out.startsWith('BilledCost,BillingAccountId,')]).toEqual([0, true]);
    expect((await run('statement', 'list')).code).toBe(0);
    expect((await run('statement', 'schedules')).code).toBe(0);
    expect((await run('audit', 'verify')).code).toBe(0);
    const [first = ''] = (await run('audit', 'export')).out.split('\n');
    expect(JSON.parse(first)).toMatchObject({ seq: '1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await run('audit', 'retention')).out).toBe('Entries are kept for good; none was removed.\n');
    expect((await run('audit', 'retention', '12', '--reason', 'enough')).code).toBe(4);
    expect((await run('statement', 'schedule', '--to', 'cfo@example.org')).code).toBe(4);
    expect((await run('usage', 'costs', '--against', '2026-01')).out).toContain('2026-01');
    const parquet = await run('usage', 'export', '--month', month, '--format', 'parquet');
    expect([parquet.code, parquet.out.slice(0, 4)]).toEqual([0, 'PAR1']);
    expect((await run('budget', 'list')).code).toBe(0);
    expect((await run('budget', 'set', '--cost-centre', 'x', '--amount', '5')).code).toBe(4);
    expect((await run('statement', 'show', '1999-01.none')).code).toBe(3);
    expect((await run('statement', 'close', month)).code).toBe(4);
  });

  it('hurts the lab, waits until that is done, and makes it good again', async () => {
    const answerWith = async (state: string, detail: string | null = null) => {
      const fault = await vi.waitFor(
        () => database.prisma.labFault.findFirstOrThrow({ where: { state: { in: ['requested', 'restoring'] } } }),
        { timeout: PATIENCE_MS },
      );
      await database.prisma.labFault.update({ where: { id: fault.id }, data: { state, detail } });
    };
    const cutting = run('lab', 'cut', 'paris-1', '--direction', 'incoming', '--reason', 'drill');
    await answerWith('active');
    expect(await cutting).toMatchObject({ code: 0, out: 'cut-host paris-1 (incoming): active\n' });
    expect((await run('lab', 'cut', 'paris-1')).code).toBe(3);
    expect((await run('lab', 'faults')).out).toContain('paris-1');
    const restoring = run('lab', 'restore', '--json');
    await answerWith('ended');
    expect(JSON.parse((await restoring).out)).toMatchObject([{ kind: 'cut-host', state: 'ended' }]);
    expect((await run('lab', 'restore')).out).toContain('Nothing is to be made good.');
    const crashing = run('lab', 'crash', 'shop-1');
    await answerWith('failed', 'it does not run');
    expect(await crashing).toMatchObject({ code: 1 });
  }, 60_000);

  it('shows what witnesses say and which alarms are open, and takes a decision only where there is one', async () => {
    expect(JSON.parse((await run('cluster', 'health', 'shop', '--json')).out)).toMatchObject({
      recoveries: { lastHour: 0 },
    });
    expect((await run('alarm', 'list')).out).toBe('No alarm is open.\n');
    expect((await run('cluster', 'recover', 'shop')).code).toBe(3);
    const confirm = ['host', 'confirm-off', 'paris-1', '--confirm', 'paris-1'];
    expect((await run(...confirm)).code).toBe(2);
    expect((await run(...confirm, '--reason', 'seen')).code).toBe(3);
    const ofVm = await run('vm', 'confirm-off', 'shop-1', '--confirm', 'shop-1', '--reason', 'seen');
    expect(ofVm).toMatchObject({ code: 3, err: expect.stringContaining('there is nothing to decide') });
  });
});
