import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '@/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { OperationState } from '@/lib/domain/operation';
import { startListener } from '@/lib/events/listener';
import { EVENTS_CHANNEL } from '@/lib/events/notify';
import { makeTestHome, testImagesDirectory } from '@/lib/hypervisors/qemu/testing';
import { readLog } from '@/lib/operations/operation-log';
import { MemberViews, steps } from '@/lib/steps';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { failover } from '@/lib/usecases/clusters/failover';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';
import { createInput } from '@/lib/usecases/testing-cluster';
import { createInstallation, type Installation } from './installation';
import { type Orchestrator, startOrchestrator } from './orchestrator';

const OPERATION_DEADLINE_MS = 200_000;
const POLL_MS = 100;
const ASK_EVERY_MS = 50;
const ANSWER_DEADLINE_MS = 10_000;

let database: TestDatabase;
let home: Awaited<ReturnType<typeof makeTestHome>>;
let installation: Installation;
let orchestrator: Orchestrator;
let closeListener: () => Promise<void>;
let administrator: UseCaseContext;

const until = async <T>(what: string, look: () => Promise<T | null>): Promise<T> => {
  const deadline = Date.now() + OPERATION_DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not in time`);
    await delay(POLL_MS);
  }
};

const endOf = (operationId: string): Promise<OperationState> =>
  until('the end of an operation', async () => {
    const { state } = await database.prisma.operation.findUniqueOrThrow({ where: { id: operationId } });
    return ['pending', 'running', 'undoing'].includes(state) ? null : state;
  });

const logOf = async (operationId: string): Promise<string> =>
  (await readLog(database.prisma, operationId)).map((entry) => JSON.stringify(entry)).join('\n');

/** Its log is in the message when it did not end, or not well. */
const expectDone = async (operationId: string): Promise<void> => {
  const state = await endOf(operationId).catch((error: unknown) => String(error));
  expect(state, await logOf(operationId)).toBe('done');
};

const change = async (shape: { vcpus: number; memoryMiB: number }): Promise<string> => {
  const answer = await changeRequirements(administrator, 'shop', { shape, dryRun: false });
  if ('plan' in answer) throw new Error('not accepted');
  return answer.operation.id;
};

const receiptOf = (operationId: string) => database.prisma.receipt.findUniqueOrThrow({ where: { operationId } });

/** Asks from this machine, each time on a new connection, until it is stopped. */
const keepAsking = (endpoint: string) => {
  let isGoing = true;
  const seen = { answered: 0, failures: [] as string[], names: new Set<string>() };
  const ended = (async () => {
    while (isGoing) {
      try {
        const headers = { Connection: 'close' };
        const answer = await fetch(endpoint, { headers, signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
        await answer.text();
        seen.names.add(answer.headers.get('x-served-by') ?? '');
        if (answer.ok) seen.answered += 1;
        else seen.failures.push(`${new Date().toISOString()} status ${answer.status}`);
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        seen.failures.push(`${new Date().toISOString()} ${error} (${cause ?? 'no cause'})`);
      }
      await delay(ASK_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      isGoing = false;
      await ended;
      return seen;
    },
  };
};

beforeAll(async () => {
  database = await createTestDatabase();
  home = await makeTestHome();
  administrator = { db: database.prisma, actor: systemActor('test'), clock: () => new Date(), requestId: 'test' };
  const env = { HEADROOM_HYPERVISOR: 'qemu', HEADROOM_IMAGES: testImagesDirectory() };
  installation = createInstallation({ home: home.home, env, clock: systemClock });
  orchestrator = startOrchestrator(
    {
      ...installation,
      db: database.prisma,
      pool: database.pool,
      clock: systemClock,
      registry: steps,
      views: new MemberViews(),
      say: () => undefined,
    },
    'test',
  );
  const listener = startListener({
    url: database.url,
    channels: [EVENTS_CHANNEL],
    onNotification: () => orchestrator.wake(),
    onListening: () => orchestrator.wake(),
    onLost: () => undefined,
  });
  closeListener = () => listener.close();
  await until('hosts', async () => ((await database.prisma.host.count()) > 0 ? true : null));
});

afterAll(async () => {
  await closeListener();
  await orchestrator.stop();
  await installation.traffic.tearDown();
  await installation.hypervisor.tearDown();
  await database.close();
  await home.remove();
});

it('a cluster of real VMs is made, grows, returns, fails over and is deleted, and nobody outside notices', async () => {
  const made = await createCluster(administrator, createInput());
  if ('plan' in made) throw new Error('not accepted');
  await expectDone(made.operation.id);

  const asking = keepAsking(made.cluster.endpoint);
  const up = await change({ vcpus: 2, memoryMiB: 512 });
  await expectDone(up);
  const down = await change({ vcpus: 1, memoryMiB: 256 });
  await expectDone(down);
  const node = await database.prisma.vm.findFirstOrThrow({ where: { state: 'running' }, orderBy: { name: 'asc' } });
  const over = await failover(administrator, 'shop', { from: node.name, dryRun: false });
  if ('plan' in over) throw new Error('not accepted');
  await expectDone(over.operation.id);

  const seen = await asking.stop();
  const logs = await Promise.all([up, down, over.operation.id].map(logOf));
  expect(seen.failures, logs.join('\n')).toEqual([]);
  expect(seen.answered).toBeGreaterThan(0);
  expect([...seen.names]).toEqual(expect.arrayContaining(['shop-3', 'shop-4']));
  for (const operationId of [up, down, over.operation.id]) {
    const { requests, failed, longestGapMs } = await receiptOf(operationId);
    expect(requests).toBeGreaterThan(0);
    expect({ failed }, `longest gap ${longestGapMs} ms of ${requests}\n${await logOf(operationId)}`).toEqual({
      failed: 0,
    });
  }

  const { operation } = await deleteCluster(administrator, 'shop', { confirmName: 'shop' });
  await expectDone(operation.id);
  expect(await installation.hypervisor.listVms()).toEqual([]);
  expect(await installation.traffic.listPublished()).toEqual([]);
  expect(await database.prisma.vm.count({ where: { state: { not: 'released' } } })).toBe(0);
}, 900_000);
