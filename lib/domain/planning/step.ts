import type { PlanStep, StepArguments, StepKind } from '../plan';
import { STEP_LIMITS } from './limits';

/** Collects the steps of a plan in topological order. */
export class StepList {
  readonly #steps: PlanStep[] = [];

  /** Adds a step and returns its id. `subject` makes the id unique in the plan; unknown predecessors are refused. */
  add<K extends StepKind>(
    kind: K,
    subject: string,
    title: string,
    args: StepArguments[K],
    after: readonly (string | null | undefined)[],
    options: { readonly movesTraffic?: boolean } = {},
  ): string {
    const id = `${kind}:${subject}`;
    const known = new Set(this.#steps.map((step) => step.id));
    const predecessors = [...new Set(after)].filter((p): p is string => p !== null && p !== undefined);
    const unknown = predecessors.find((p) => !known.has(p));
    if (unknown !== undefined) throw new Error(`step ${id} follows ${unknown}, which is not in the plan`);
    if (known.has(id)) throw new Error(`step ${id} is in the plan twice`);
    this.#steps.push({ id, kind, title, args, after: predecessors, ...STEP_LIMITS[kind], ...options } as PlanStep);
    return id;
  }

  get steps(): readonly PlanStep[] {
    return this.#steps;
  }
}
