import { HypervisorError } from '@/lib/hypervisors/types';
import type { CallKind, FailOptions } from './faults';

interface PlannedFailure extends Required<Pick<FailOptions, 'code' | 'when'>> {
  readonly message: string;
  readonly subject: string | null;
  left: number;
}

interface PlannedDelay {
  readonly extraMs: number;
  readonly subject: string | null;
  left: number;
}

/** Failures and delays waiting for the calls that they are meant for; each is used up by the calls that meet it. */
export class CallFaults {
  readonly #failures = new Map<CallKind, PlannedFailure[]>();
  readonly #delays = new Map<CallKind, PlannedDelay[]>();

  failNext(kind: CallKind, options: FailOptions): void {
    const failure: PlannedFailure = {
      code: options.code ?? 'failed',
      when: options.when ?? 'before',
      message: options.message ?? `The simulated ${kind} call fails, as it was told to.`,
      subject: options.subject ?? null,
      left: options.times ?? 1,
    };
    this.#failures.set(kind, [...(this.#failures.get(kind) ?? []), failure]);
  }

  slowNext(kind: CallKind, extraMs: number, options: { readonly times?: number; readonly subject?: string }): void {
    const delay: PlannedDelay = { extraMs, subject: options.subject ?? null, left: options.times ?? 1 };
    this.#delays.set(kind, [...(this.#delays.get(kind) ?? []), delay]);
  }

  clear(): void {
    this.#failures.clear();
    this.#delays.clear();
  }

  takeDelayMs(kind: CallKind, subject: string): number {
    return takeFirst(this.#delays.get(kind), (d) => d.subject === null || d.subject === subject)?.extraMs ?? 0;
  }

  throwIfPlanned(kind: CallKind, subject: string, when: 'before' | 'after'): void {
    const failure = takeFirst(
      this.#failures.get(kind),
      (f) => f.when === when && (f.subject === null || f.subject === subject),
    );
    if (failure !== null) throw new HypervisorError(failure.code, failure.message);
  }
}

const takeFirst = <T extends { left: number }>(planned: T[] | undefined, fits: (one: T) => boolean): T | null => {
  const found = planned?.find(fits);
  if (planned === undefined || found === undefined) return null;
  found.left -= 1;
  if (found.left <= 0) planned.splice(planned.indexOf(found), 1);
  return found;
};
