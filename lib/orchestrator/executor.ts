import { runOperation } from '@/lib/operations/run-operation';
import { ACTIVE } from '@/lib/usecases/operations/active';
import type { OrchestratorContext } from './context';
import { prepareEnd } from './end-operation';
import type { Task } from './task';

const OPERATIONS_AT_ONCE = 16;

export interface Executor {
  readonly task: Task;
  /** Lets operations go on where something outside may have changed them, such as a request to cancel. */
  wakeOperations(): void;
  /** Resolves when none is under way here. They are left as they are, for whoever leads next. */
  stop(): Promise<void>;
}

/**
 * Begins accepted operations and resumes those that another process has left, each until its end. One of a cluster is
 * active at a time: the database sees to that.
 */
export const createExecutor = (context: OrchestratorContext, epoch: number): Executor => {
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  const wakes = new Map<string, Set<() => void>>();

  const onWake = (operationId: string, wake: () => void): (() => void) => {
    const listeners = wakes.get(operationId) ?? new Set();
    wakes.set(operationId, listeners.add(wake));
    return () => {
      listeners.delete(wake);
      if (listeners.size === 0) wakes.delete(operationId);
    };
  };

  const execute = async (operationId: string): Promise<void> => {
    try {
      await runOperation(
        {
          db: context.db,
          clock: context.clock,
          epoch,
          registry: context.registry,
          context,
          signal: stopping.signal,
          onWake,
          prepareEnd: (id, state) => prepareEnd(context, id, state),
        },
        operationId,
      );
    } catch (error) {
      // Found again by the next look, which resumes it.
      if (!stopping.signal.aborted) context.say('operation interrupted', { operationId, error: String(error) });
    } finally {
      underWay.delete(operationId);
    }
  };

  return {
    task: {
      name: 'operations',
      periodMs: 1_000,
      deadlineMs: 10_000,
      run: async () => {
        const active = await context.db.operation.findMany({
          where: ACTIVE,
          orderBy: { createdAt: 'asc' },
          select: { id: true },
        });
        for (const { id } of active) {
          if (underWay.has(id) || underWay.size >= OPERATIONS_AT_ONCE || stopping.signal.aborted) continue;
          underWay.set(id, execute(id));
        }
      },
    },
    wakeOperations: () => {
      for (const listeners of wakes.values()) for (const wake of listeners) wake();
    },
    stop: async () => {
      stopping.abort(new Error('the orchestrator stops'));
      await Promise.all(underWay.values());
    },
  };
};
