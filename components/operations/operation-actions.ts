import type { ActionResult } from '@/lib/domain/action-result';

type Act = (request: { readonly operation: string }) => Promise<ActionResult<null>>;

/** What may be done on an operation's page; null for those who may not. */
export interface OperationActions {
  readonly cancel: Act | null;
  readonly retry: Act | null;
}
