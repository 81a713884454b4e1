import type { StepArguments, StepKind } from '@/lib/domain/plan';

/** What a step is given besides its arguments. `C` is what the steps of an installation act upon. */
export interface StepRun<C> {
  readonly context: C;
  readonly operationId: string;
  /**
   * Aborts at the step's deadline, when the operation is to be undone, and when the process stops. A step that is
   * aborted returns soon: another act may follow on the same thing.
   */
  readonly signal: AbortSignal;
  /** A line for the people who watch. */
  progress(message: string): Promise<void>;
}

/**
 * How one kind of step is done and undone. Both are idempotent: after a crash they run again from their beginning.
 * They resolve with what a person should know ("shop-3 answers on paris-1 after 0.4 s"), and throw when it failed;
 * an error whose `retryable` is false is not tried again.
 */
export interface StepImplementation<C, K extends StepKind> {
  ensure(run: StepRun<C>, args: StepArguments[K]): Promise<string>;
  undo(run: StepRun<C>, args: StepArguments[K]): Promise<void>;
}

export type StepRegistry<C> = { readonly [K in StepKind]: StepImplementation<C, K> };
