import type { Pool } from 'pg';
import type { StepRegistry } from '@/lib/operations/step';
import type { StepContext } from '@/lib/steps';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';

/** What tasks act upon. */
export interface OrchestratorContext extends StepContext {
  readonly registry: StepRegistry<StepContext>;
  /** For batches that Prisma has no words for. */
  readonly pool: Pool;
  /** One line about what was done or failed, for the log. */
  readonly say: (line: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** The context in which a task calls a use case: as the system, under the task's own name. */
export const asSystem = (context: Pick<OrchestratorContext, 'db' | 'clock'>, task: string): UseCaseContext => ({
  db: context.db,
  actor: systemActor(task),
  clock: () => context.clock.now(),
  requestId: `${task}-${context.clock.now().getTime()}`,
});

/** Works on many things at once, but not on all. One that fails does not keep the others from their turn. */
export const forEachBounded = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = [...items];
  const workers = Array.from({ length: Math.min(limit, queue.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  });
  await Promise.all(workers);
};

/** Rejects when the promise takes longer. What is late goes on; its result is not looked at. */
export const within = async <T>(
  context: OrchestratorContext,
  ms: number,
  what: string,
  promise: Promise<T>,
): Promise<T> => {
  let disarm: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    disarm = context.clock.after(ms, () => reject(new Error(`${what} took longer than ${ms} ms`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    disarm();
  }
};
