import { decide } from '@/lib/domain/execution/decide';
import type { LogEntry, LogFact } from '@/lib/domain/operation';
import type { Plan, PlanStep } from '@/lib/domain/plan';
import { appendFact, DeposedError, type LogSettings, readLog } from './operation-log';
import type { StepImplementation, StepRegistry, StepRun } from './step';

export interface RunSettings<C> extends LogSettings {
  readonly registry: StepRegistry<C>;
  readonly context: C;
  /** Aborts when the process stops or no longer leads; the operation is left as it is and can be resumed. */
  readonly signal: AbortSignal;
  /** Called when something outside, such as a request to cancel, may have changed the operation. */
  onWake(operationId: string, wake: () => void): () => void;
}

const STEPS_AT_ONCE = 8;
const RETRY_BASE_MS = 200;
const RETRY_MS_MAX = 5_000;

/** Milliseconds to wait before an attempt: none before the first, then doubling. */
export const retryDelayMs = (attempt: number): number =>
  attempt <= 1 ? 0 : Math.min(RETRY_BASE_MS * 2 ** (attempt - 2), RETRY_MS_MAX);

interface UnderWay {
  readonly ended: Promise<void>;
  readonly abort: AbortController;
}

/**
 * Executes an operation until it ended, from wherever its log stands. Resolves with false when `signal` stopped it or
 * another process leads now: then it is to be resumed by whoever leads.
 */
export async function runOperation<C>(settings: RunSettings<C>, operationId: string): Promise<boolean> {
  const { db, signal } = settings;
  const underWay = new Map<string, UnderWay>();
  let wake: () => void = () => undefined;
  const off = settings.onWake(operationId, () => wake());
  const onStop = (): void => wake();
  signal.addEventListener('abort', onStop);
  const log: LogEntry[] = [];
  try {
    const operation = await db.operation.findUniqueOrThrow({ where: { id: operationId }, select: { plan: true } });
    // Only `insertOperation` writes the column, and nobody changes it.
    const plan = operation.plan as unknown as Plan;
    for (;;) {
      // Armed before anything is read: what changes while it is read wakes the next turn.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (signal.aborted) return false;
      // Taken before the log is read: the end of a step that ends meanwhile may not be in what was read.
      const known = new Map(underWay);
      const somethingEnds = (): Promise<void> =>
        Promise.race([woken, ...[...known.values()].map(({ ended }) => ended)]);
      const [{ cancelRequestedBy }, appended] = await Promise.all([
        db.operation.findUniqueOrThrow({ where: { id: operationId }, select: { cancelRequestedBy: true } }),
        readLog(db, operationId, log.at(-1)?.seq),
      ]);
      log.push(...appended);
      const lastRetry = log.findLastIndex((entry) => entry.type === 'retry-requested');
      const cancelled = log.slice(lastRetry + 1).some((entry) => entry.type === 'cancel-requested');
      if (cancelRequestedBy !== null && !cancelled) {
        await appendFact(settings, operationId, { type: 'cancel-requested', by: cancelRequestedBy });
        continue;
      }
      const decision = decide(plan, log, new Set(known.keys()));
      switch (decision.kind) {
        case 'ended':
          return true;
        case 'append':
          await appendFact(settings, operationId, decision.fact);
          break;
        case 'run':
        case 'undo': {
          const room = decision.steps.slice(0, Math.max(STEPS_AT_ONCE - underWay.size, 0));
          for (const step of room) {
            const attempt = 1 + log.filter((e) => isFailureOf(e, step.id, decision.kind)).length;
            underWay.set(step.id, begin(settings, operationId, step, decision.kind, attempt, underWay));
          }
          if (room.length === 0) await somethingEnds();
          break;
        }
        case 'wait':
          if (decision.abort)
            for (const { abort } of underWay.values()) abort.abort(new Error('the operation is being undone'));
          await somethingEnds();
          break;
        default:
          decision satisfies never;
      }
    }
  } catch (error) {
    if (error instanceof DeposedError) return false;
    throw error;
  } finally {
    off();
    signal.removeEventListener('abort', onStop);
    for (const { abort } of underWay.values()) abort.abort(new Error('the orchestrator stops'));
    await Promise.allSettled([...underWay.values()].map((u) => u.ended));
  }
}

const isFailureOf = (fact: LogFact, stepId: string, kind: 'run' | 'undo'): boolean =>
  (fact.type === 'step-failed' && kind === 'run' && fact.stepId === stepId) ||
  (fact.type === 'undo-step-failed' && kind === 'undo' && fact.stepId === stepId);

function begin<C>(
  settings: RunSettings<C>,
  operationId: string,
  step: PlanStep,
  kind: 'run' | 'undo',
  attempt: number,
  underWay: Map<string, UnderWay>,
): UnderWay {
  const abort = new AbortController();
  const ended = attemptStep(settings, operationId, step, kind, attempt, abort.signal).finally(() =>
    underWay.delete(step.id),
  );
  // Awaited by the loop and in its `finally`; until then a rejection is not unhandled.
  ended.catch(() => undefined);
  return { ended, abort };
}

/** One attempt, with its beginning and end in the log. An attempt cut short by the end of this process leaves no end. */
async function attemptStep<C>(
  settings: RunSettings<C>,
  operationId: string,
  step: PlanStep,
  kind: 'run' | 'undo',
  attempt: number,
  abort: AbortSignal,
): Promise<void> {
  const stepId = step.id;
  const say = (fact: LogFact): Promise<void> => appendFact(settings, operationId, fact);
  await say({ type: kind === 'run' ? 'step-started' : 'undo-step-started', stepId, attempt });
  try {
    const stopped = AbortSignal.any([settings.signal, abort]);
    await settings.clock.sleep(retryDelayMs(attempt), stopped);
    const detail = await withDeadline(settings, step, stopped, (signal) =>
      act(settings.registry, step, kind, {
        context: settings.context,
        operationId,
        signal,
        progress: (message) => say({ type: 'step-progress', stepId, message }),
      }),
    );
    await say(kind === 'run' ? { type: 'step-done', stepId, detail } : { type: 'undo-step-done', stepId });
  } catch (error) {
    if (settings.signal.aborted || error instanceof DeposedError) throw error;
    // Cut short because another step failed or a person cancelled: no failure of this step, and never the reason.
    if (abort.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    await say(
      kind === 'run'
        ? { type: 'step-failed', stepId, attempt, error: message, retryable: isRetryable(error) }
        : { type: 'undo-step-failed', stepId, attempt, error: message },
    );
  }
}

/** What does not say that trying again is useless is tried again, as often as the step allows. */
const isRetryable = (error: unknown): boolean =>
  !(typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === false);

async function withDeadline<C>(
  settings: RunSettings<C>,
  step: PlanStep,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<string>,
): Promise<string> {
  const late = new AbortController();
  const disarm = settings.clock.after(step.deadlineMs, () =>
    late.abort(new Error(`not done within ${Math.round(step.deadlineMs / 1000)} s`)),
  );
  const signal = AbortSignal.any([stopped, late.signal]);
  try {
    return await new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      work(signal).then(resolve, reject);
    });
  } finally {
    disarm();
  }
}

async function act<C>(
  registry: StepRegistry<C>,
  step: PlanStep,
  kind: 'run' | 'undo',
  run: StepRun<C>,
): Promise<string> {
  // The registry pairs each kind with the arguments of that kind; TypeScript does not follow the pair through a union.
  const implementation = registry[step.kind] as StepImplementation<C, typeof step.kind>;
  if (kind === 'run') return implementation.ensure(run, step.args as never);
  await implementation.undo(run, step.args as never);
  return '';
}
