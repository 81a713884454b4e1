import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { OperationEventView } from '@/lib/domain/contract';
import type { LogFact } from '@/lib/domain/operation';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { createOperationStream, type OperationStream } from './operation-stream';
import { getOperation } from './operations';

let database: TestDatabase;
const ID = 'operation';
const STEPS = Array.from({ length: 40 }, (_, i) => ({ id: `boot:shop-${i}`, kind: 'boot', title: `Boot shop-${i}` }));

beforeAll(async () => {
  database = await createTestDatabase();
  const db = database.prisma;
  await insertHosts(db);
  await insertWorkload(db, TEST_WORKLOAD);
  const workload = await db.workload.findFirstOrThrow();
  await db.cluster.create({
    data: {
      id: 'cluster',
      name: 'shop',
      state: 'running',
      workloadId: workload.id,
      vip: '10.77.255.1',
      virtualRouterId: 1,
      gatewayPort: 28_000,
    },
  });
  await db.operation.create({
    data: {
      id: ID,
      kind: 'change',
      clusterId: 'cluster',
      plan: {
        kind: 'change',
        steps: STEPS.map((s) => ({ ...s, after: [], deadlineMs: 1, movesTraffic: false })),
        creates: [],
        keeps: [],
        removes: [],
        pairing: [],
      },
      planHash: 'hash',
      requestedBy: 'ada',
      reason: '',
    },
  });
});
afterAll(() => database.close());

const FACTS: readonly LogFact[] = [
  { type: 'operation-started' },
  ...STEPS.flatMap((step): LogFact[] => [
    { type: 'step-started', stepId: step.id, attempt: 1 },
    { type: 'step-done', stepId: step.id, detail: 'booted' },
  ]),
  { type: 'operation-ended', state: 'done', summary: 'done' },
];

describe("an operation's events", () => {
  it('resume after any of them without gap or repeat while the log is written', async () => {
    const operation = await database.prisma.operation.findUniqueOrThrow({ where: { id: ID } });
    const got: OperationEventView[] = [];
    const open = (): OperationStream =>
      createOperationStream({
        db: database.prisma,
        operation,
        afterSeq: got.at(-1)?.seq ?? 0,
        onEvent: (event) => got.push(event),
      });
    let isWriting = true;
    const read = async (): Promise<void> => {
      while (isWriting) {
        const stream = open();
        await Promise.all([stream.pump(), stream.pump()]);
        await delay(Math.random() * 4);
        await stream.pump();
        stream.close();
      }
    };
    const reading = read();
    for (const [i, fact] of FACTS.entries()) {
      await database.prisma.operationEvent.create({
        data: { operationId: ID, seq: i + 1, at: new Date(), fact: { ...fact } },
      });
    }
    await expect.poll(() => got).toHaveLength(FACTS.length);
    isWriting = false;
    await reading;
    expect(got.map((event) => event.seq)).toEqual(FACTS.map((_, i) => i + 1));
    expect(got[2]).toMatchObject({
      type: 'step-done',
      message: 'booted',
      operation: { state: 'running', stepsDone: 1, stepsTotal: 40 },
      step: { id: 'boot:shop-0', state: 'done' },
    });
    expect(got.at(-1)?.operation).toEqual({ state: 'done', stepsDone: 40, stepsTotal: 40 });
    const view = await getOperation(contextOf(database.prisma, 'viewer'), ID);
    expect([view.stepsDone, view.stepsTotal]).toEqual([40, 40]);
  });

  it('wait at a gap in the sequence instead of skipping it', async () => {
    await database.prisma.operation.update({ where: { id: ID }, data: { state: 'done' } });
    const operation = await database.prisma.operation.create({
      data: {
        id: 'other',
        kind: 'change',
        clusterId: 'cluster',
        plan: { steps: [] },
        planHash: '',
        requestedBy: '',
        reason: '',
      },
    });
    const seqs: number[] = [];
    const stream = createOperationStream({
      db: database.prisma,
      operation,
      afterSeq: 0,
      onEvent: (event) => seqs.push(event.seq),
    });
    const write = (seq: number) =>
      database.prisma.operationEvent.create({
        data: { operationId: 'other', seq, at: new Date(), fact: { type: 'resumed', by: 'test' } },
      });
    await write(1);
    await write(3);
    await stream.pump();
    expect(seqs).toEqual([1]);
    await write(2);
    await stream.pump();
    expect(seqs).toEqual([1, 2, 3]);
  });
});
