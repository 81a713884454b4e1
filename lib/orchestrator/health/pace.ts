import type { OrchestratorContext } from '../context';

/** Asking costs a guest a program: of its time it spends at most one part in this many on answers. */
const REST_FACTOR = 4;
/** One that does not answer has spent nothing. */
const REST_AFTER_SILENCE_MS = 2_000;

/** When each node may be asked again: not while an answer is still to come, and the later the longer one took. */
export class Pace {
  readonly #context: OrchestratorContext;
  readonly #dueMs = new Map<string, number>();

  constructor(context: OrchestratorContext) {
    this.#context = context;
  }

  /** Forgets all others. */
  keep(vmIds: ReadonlySet<string>): void {
    for (const vmId of this.#dueMs.keys()) if (!vmIds.has(vmId)) this.#dueMs.delete(vmId);
  }

  isDue(vmId: string): boolean {
    return (this.#dueMs.get(vmId) ?? 0) <= this.#context.clock.now().getTime();
  }

  /** Whether an answer is still to come. */
  isWaiting(vmId: string): boolean {
    return this.#dueMs.get(vmId) === Number.POSITIVE_INFINITY;
  }

  async ask<T>(vmId: string, question: () => Promise<T>): Promise<T> {
    const beganMs = this.#context.clock.now().getTime();
    this.#dueMs.set(vmId, Number.POSITIVE_INFINITY);
    try {
      const answer = await question();
      const endedMs = this.#context.clock.now().getTime();
      this.#dueMs.set(vmId, endedMs + (endedMs - beganMs) * REST_FACTOR);
      return answer;
    } catch (error) {
      this.#dueMs.set(vmId, this.#context.clock.now().getTime() + REST_AFTER_SILENCE_MS);
      throw error;
    }
  }
}
