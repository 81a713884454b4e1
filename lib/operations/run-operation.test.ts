import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '@/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { OperationState } from '@/lib/domain/operation';
import type { PlanStep, StepKind } from '@/lib/domain/plan';
import { STEP_LIMITS } from '@/lib/domain/planning';
import { insertHosts, insertWorkload, TEST_WORKLOAD } from '@/lib/usecases/testing';
import { acceptCluster } from '@/lib/usecases/testing-cluster';
import { appendFact, DeposedError, LEASE_NAME, readLog } from './operation-log';
import { type RunSettings, runOperation } from './run-operation';
import type { StepImplementation, StepRegistry, StepRun } from './step';

/** What steps have brought about, and what is to go wrong with them. */
interface World {
  readonly done: Set<string>;
  readonly acts: string[];
  before(act: string): Promise<void>;
}

let database: TestDatabase;
let world: World;
let ends: OperationState[];

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
  await database.prisma.lease.create({ data: { name: LEASE_NAME, holder: 'test', epoch: 1, renewedAt: new Date() } });
});
afterAll(() => database.close());
beforeEach(() => {
  world = { done: new Set(), acts: [], before: async () => undefined };
  ends = [];
});

const subjectOf = (kind: StepKind, args: object): string => `${kind}:${Object.values(args)[0]}`;

const implementation = <K extends StepKind>(kind: K): StepImplementation<World, K> => ({
  ensure: async ({ context, signal }: StepRun<World>, args) => {
    const act = subjectOf(kind, args);
    context.acts.push(act);
    await context.before(act);
    signal.throwIfAborted();
    context.done.add(act);
    return 'done';
  },
  undo: async ({ context }, args) => {
    const act = subjectOf(kind, args);
    context.acts.push(`undo ${act}`);
    context.done.delete(act);
  },
});

const registry = Object.fromEntries(
  (Object.keys(STEP_LIMITS) as StepKind[]).map((kind) => [kind, implementation(kind)]),
) as unknown as StepRegistry<World>;

const settings = (signal: AbortSignal, epoch = 1): RunSettings<World> => ({
  db: database.prisma,
  clock: systemClock,
  epoch,
  prepareEnd: async (_, state) => async () => {
    ends.push(state);
  },
  registry,
  context: world,
  signal,
  onWake: () => () => undefined,
});

let clusters = 0;
const acceptOne = async (): Promise<string> =>
  (await acceptCluster(database.prisma, { name: `c${++clusters}` })).operation.id;

const stepsOf = async (id: string): Promise<readonly PlanStep[]> => {
  const { plan } = await database.prisma.operation.findUniqueOrThrow({ where: { id } });
  return (plan as unknown as { steps: readonly PlanStep[] }).steps;
};
const stateOf = async (id: string): Promise<string> =>
  (await database.prisma.operation.findUniqueOrThrow({ where: { id } })).state;

it('executes every step of a plan once, with a log whose numbers have no gap', async () => {
  const id = await acceptOne();
  expect(await runOperation(settings(new AbortController().signal), id)).toBe(true);
  const steps = await stepsOf(id);
  expect(world.acts).toHaveLength(steps.length);
  expect(await stateOf(id)).toBe('done');
  expect(ends).toEqual(['done']);
  const log = await readLog(database.prisma, id);
  expect(log.map((e) => e.seq)).toEqual(log.map((_, i) => i + 1));
});

it('tries a step that failed again, and undoes everything when its attempts ran out', async () => {
  const id = await acceptOne();
  world.before = async (act) => {
    if (act.startsWith('install:')) throw new Error('the guest does not answer');
  };
  expect(await runOperation(settings(new AbortController().signal), id)).toBe(true);
  expect(await stateOf(id)).toBe('undone');
  expect(world.done.size).toBe(0);
  const log = await readLog(database.prisma, id);
  const failures = log.filter((e) => e.type === 'step-failed');
  expect(failures.length).toBeGreaterThanOrEqual(STEP_LIMITS.install.attempts);
  expect(log.find((e) => e.type === 'undo-started')).toMatchObject({
    reason: expect.stringContaining('the guest does not answer'),
  });
});

it('undoes for the reason of the step that failed, not of one that was cut short by it', async () => {
  const id = await acceptOne();
  const [hangs, fails] = (await stepsOf(id)).filter((step) => step.kind === 'install');
  let release: () => void = () => undefined;
  const hung = new Promise<void>((resolve) => {
    release = resolve;
  });
  world.before = async (act) => {
    if (act === subjectOf('install', hangs?.args ?? {})) await hung;
    if (act === subjectOf('install', fails?.args ?? {})) throw new Error('the disk is full');
  };
  expect(await runOperation(settings(new AbortController().signal), id)).toBe(true);
  release();
  expect(await stateOf(id)).toBe('undone');
  const log = await readLog(database.prisma, id);
  expect(log.find((e) => e.type === 'undo-started')).toMatchObject({ reason: `${fails?.title}: the disk is full` });
  expect(log.filter((e) => e.type === 'step-failed').map((e) => e.stepId)).toEqual([fails?.id, fails?.id, fails?.id]);
});

it('stopped at any step and resumed by another process, it ends done with everything done', async () => {
  const count = (await stepsOf(await acceptOne())).length;
  for (let at = 1; at <= count; at++) {
    const id = await acceptOne();
    const stop = new AbortController();
    let seen = 0;
    world.before = async () => {
      seen += 1;
      if (seen === at) stop.abort(new Error('killed'));
    };
    expect(await runOperation(settings(stop.signal), id).catch(() => false)).toBe(false);
    world.before = async () => undefined;
    expect(await runOperation(settings(new AbortController().signal), id)).toBe(true);
    expect(await stateOf(id)).toBe('done');
  }
});

it('cancelled before traffic moved, it is undone and says by whom', async () => {
  const id = await acceptOne();
  world.before = async (act) => {
    if (act.startsWith('boot:')) {
      await database.prisma.operation.update({ where: { id }, data: { cancelRequestedBy: 'user ann' } });
    }
  };
  expect(await runOperation(settings(new AbortController().signal), id)).toBe(true);
  expect(await stateOf(id)).toBe('cancelled');
  expect(world.done.size).toBe(0);
});

it('a process that leads no longer writes nothing more', async () => {
  const id = await acceptOne();
  const old = settings(new AbortController().signal, 0);
  await expect(appendFact(old, id, { type: 'operation-started' })).rejects.toThrow(DeposedError);
  expect(await runOperation(old, id)).toBe(false);
  expect(await readLog(database.prisma, id)).toEqual([]);
  expect(world.acts).toEqual([]);
});
