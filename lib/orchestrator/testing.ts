import type pg from 'pg';
import type { VirtualClock } from '@/lib/clock';
import { VirtualClock as Clock } from '@/lib/clock';
import { createDatabase, type DatabaseConnection } from '@/lib/db/client';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import type { OperationState } from '@/lib/domain/operation';
import type { PlanStep } from '@/lib/domain/plan';
import { createSimulatedHypervisor } from '@/lib/hypervisors/simulated';
import type { StepImplementation, StepRegistry } from '@/lib/operations/step';
import type { WorldOptions } from '@/lib/sim';
import { createSimulatedClustering, createSimulatedTraffic, createWorld, type World } from '@/lib/sim';
import { MemberViews, type StepContext, steps } from '@/lib/steps';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';
import type { Installation } from './installation';
import { type Orchestrator, startOrchestrator } from './orchestrator';
import { type Gate, openGate } from './testing-gate';

type StepKindAndArgs = Pick<PlanStep, 'kind' | 'args'>;

/** When a process dies: right after this step had its effect, and before that is written down. */
export type Fate = (step: StepKindAndArgs, act: 'ensure' | 'undo') => boolean;

/** One orchestrator process, which may be ended at once, as by `kill -9`. */
export interface Life {
  readonly orchestrator: Orchestrator;
  readonly isDead: boolean;
  kill(): void;
  stop(): Promise<void>;
}

/** Clients of a pool as `pg` keeps them: ready when no statement is under way. */
interface PooledClient {
  readonly readyForQuery: boolean;
  readonly _queryQueue: readonly unknown[];
  readonly connection: { readonly stream: { destroy(): void } };
}

const clientsOf = (pool: pg.Pool): readonly PooledClient[] =>
  (pool as unknown as { _clients: PooledClient[] })._clients;

const isIdle = (pool: pg.Pool): boolean =>
  pool.waitingCount === 0 && clientsOf(pool).every((client) => client.readyForQuery && client._queryQueue.length === 0);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns of the event loop without a statement under way after which nothing more comes of what was set going. */
const QUIET_TURNS = 6;

const never = (): Promise<never> => new Promise(() => undefined);

export interface SceneOptions extends WorldOptions {
  readonly startsAt?: Date;
  /** Processes reach the database by a way that can be shut; that costs time. */
  readonly hasGate?: boolean;
}

/** A simulated world with a database and orchestrators that act on it, all on virtual time. */
export class Scene implements Installation {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly hypervisor: Installation['hypervisor'];
  readonly clustering: Installation['clustering'];
  readonly traffic: Installation['traffic'];
  readonly #database: TestDatabase;
  readonly #hasGate: boolean;
  readonly #pools = new Set<pg.Pool>();
  readonly #lives: Life[] = [];
  #gate: Gate | null = null;
  #count = 0;

  constructor(database: TestDatabase, { startsAt, hasGate = false, ...options }: SceneOptions = {}) {
    this.#database = database;
    this.#hasGate = hasGate;
    this.#pools.add(database.pool);
    this.clock = new Clock({ settle: () => this.#settle(), ...(startsAt === undefined ? {} : { startAt: startsAt }) });
    const still = { meanRequestsPerSecond: 0, swingRequestsPerSecond: 0, periodMs: 86_400_000, phase: 0 };
    this.world = createWorld({
      clock: this.clock,
      demand: () => still,
      ...options,
      durations: { imageBuildMs: 0, ...options.durations },
    });
    this.hypervisor = createSimulatedHypervisor(this.world);
    this.clustering = createSimulatedClustering(this.world);
    this.traffic = createSimulatedTraffic(this.world);
  }

  get db() {
    return this.#database.prisma;
  }

  get asAdministrator(): UseCaseContext {
    return { db: this.db, actor: systemActor('test'), clock: () => this.clock.now(), requestId: 'test' };
  }

  /** Starts a process; its clock is off by `skewMs`. The lease of one that died is taken for run out, as it is once its time has passed. */
  async start(
    options: { readonly fate?: Fate; readonly takesOver?: boolean; readonly skewMs?: () => number } = {},
  ): Promise<Life> {
    const skewMs = options.skewMs ?? (() => 0);
    if (options.takesOver ?? true) await this.db.$executeRaw`update "Lease" set "renewedAt" = to_timestamp(0)`;
    const connection = createDatabase(await this.#gateUrl(), { connectionsMax: 1 });
    this.#pools.add(connection.pool);
    const state = { isDead: false };
    const kill = (): void => {
      if (state.isDead) return;
      state.isDead = true;
      this.#pools.delete(connection.pool);
      for (const client of clientsOf(connection.pool)) client.connection.stream.destroy();
      void connection.pool.end().catch(() => undefined);
    };
    const alive = (): boolean => !state.isDead;
    this.#count += 1;
    const orchestrator = startOrchestrator(
      {
        hypervisor: mortal(this.hypervisor, alive),
        clustering: mortal(this.clustering, alive),
        traffic: mortal(this.traffic, alive),
        clock: {
          now: () => new Date(this.clock.now().getTime() + skewMs()),
          stopwatch: () => this.clock.stopwatch(),
          sleep: (ms, signal) => this.clock.sleep(ms, signal).then((v) => (alive() ? v : never())),
          after: (ms, task) => this.clock.after(ms, () => alive() && task()),
        },
        db: connection.prisma,
        pool: connection.pool,
        views: new MemberViews(),
        registry: fatedSteps(options.fate ?? (() => false), kill),
        say: () => undefined,
      },
      `test/${this.#count}`,
    );
    const life: Life = {
      orchestrator,
      get isDead() {
        return state.isDead;
      },
      kill,
      stop: () => this.#stop(orchestrator, connection, alive),
    };
    this.#lives.push(life);
    return life;
  }

  /** Lets time pass until it holds. Throws when it does not within ten minutes of virtual time. */
  async until(what: string, holds: () => Promise<boolean> | boolean, limitMs = 600_000): Promise<void> {
    for (let passedMs = 0; passedMs <= limitMs; passedMs += 200) {
      if (await holds()) return;
      await this.clock.advance(200);
    }
    const log = await this.db.operationEvent.findMany({ orderBy: [{ at: 'desc' }, { seq: 'desc' }], take: 12 });
    throw new Error(`${what}: not within ${limitMs} ms. Last: ${JSON.stringify(log.map((e) => e.fact))}`);
  }

  /** Lets time pass until the operation has ended, and says how. A process that dies is followed by another. */
  async ended(operationId: string, options: { readonly fate?: () => Fate } = {}): Promise<OperationState> {
    let state: OperationState = 'pending';
    await this.until(`operation ${operationId}`, async () => {
      const last = this.#lives.at(-1);
      if (last?.isDead) await this.start(options.fate === undefined ? {} : { fate: options.fate() });
      last?.orchestrator.wake();
      ({ state } = await this.db.operation.findUniqueOrThrow({ where: { id: operationId }, select: { state: true } }));
      return !['pending', 'running', 'undoing'].includes(state);
    });
    return state;
  }

  /** From now on processes cannot reach the database; connections that they have break. */
  cutDatabase(): void {
    if (this.#gate === null) throw new Error('this scene has no gate to be shut');
    this.#gate.shut();
  }

  healDatabase(): void {
    this.#gate?.open();
  }

  async close(): Promise<void> {
    this.healDatabase();
    for (const life of this.#lives) await life.stop();
    await this.#gate?.close();
    await truncate(this.#database);
  }

  async #gateUrl(): Promise<string> {
    if (!this.#hasGate) return this.#database.url;
    this.#gate ??= await openGate(new URL(this.#database.url));
    return this.#gate.url;
  }

  async #stop(orchestrator: Orchestrator, connection: DatabaseConnection, alive: () => boolean): Promise<void> {
    if (!alive()) return;
    await this.clock.run(() => orchestrator.stop());
    this.#pools.delete(connection.pool);
    await connection.close();
  }

  async #settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await turn();
      if (this.world.isStoring || [...this.#pools].some((pool) => !isIdle(pool))) quiet = -1;
    }
  }
}

/** What is called by a process that has died has no answer, and nothing that it calls after that is done. */
const mortal = <T extends object>(real: T, alive: () => boolean): T =>
  new Proxy(real, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        if (!alive()) return never();
        const result: unknown = Reflect.apply(value, target, args);
        if (!(result instanceof Promise)) return result;
        return result.then(
          (answer: unknown) => (alive() ? answer : never()),
          (error: unknown) => (alive() ? Promise.reject(error) : never()),
        );
      };
    },
  });

const fatedSteps = (fate: Fate, kill: () => void): StepRegistry<StepContext> => {
  const fated = Object.entries(steps).map(([kind, real]) => {
    const implementation = real as StepImplementation<StepContext, PlanStep['kind']>;
    const dies = (args: object, act: 'ensure' | 'undo'): boolean => {
      // The registry pairs each kind with the arguments of that kind.
      if (!fate({ kind, args } as StepKindAndArgs, act)) return false;
      kill();
      return true;
    };
    const step: StepImplementation<StepContext, PlanStep['kind']> = {
      ensure: async (run, args) => {
        const detail = await implementation.ensure(run, args);
        return dies(args, 'ensure') ? never() : detail;
      },
      undo: async (run, args) => {
        await implementation.undo(run, args);
        if (dies(args, 'undo')) await never();
      },
    };
    return [kind, step];
  });
  return Object.fromEntries(fated) as StepRegistry<StepContext>;
};

const truncate = async ({ prisma }: TestDatabase): Promise<void> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    select tablename as "name" from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`;
  await prisma.$executeRawUnsafe(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')}`);
};

/** Runs a scenario in a world of its own, and ends whatever it started. */
export const inScene = async (
  database: TestDatabase,
  work: (scene: Scene) => Promise<void>,
  options: SceneOptions = {},
): Promise<void> => {
  const scene = new Scene(database, options);
  try {
    await work(scene);
  } finally {
    await scene.close();
  }
};

export { createTestDatabase, type TestDatabase };
