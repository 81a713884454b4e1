import type { ActionResult } from '@/lib/domain/action-result';

/** What pages of cost hand to their components; each parses what it is given and says which field is wrong. */
export type CostAction = (input: unknown) => Promise<ActionResult<unknown>>;
export type CostActionOf = (id: string, input: unknown) => Promise<ActionResult<unknown>>;
