import type { ErrorCode, FieldProblem } from './errors';

/** What a server action that was refused or failed tells the form that called it. */
export interface ActionError {
  readonly code: ErrorCode;
  /** For people: says what to do. */
  readonly message: string;
  /** To be shown beside the fields they name. */
  readonly fields: readonly FieldProblem[];
}

/** What every server action answers: never an exception for what a person may meet. */
export type ActionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ActionError };
