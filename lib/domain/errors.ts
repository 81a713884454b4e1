/**
 * Every failure that a caller may see. The code is stable and part of the API; the public message says what to do;
 * the context is for logs only.
 */
export const ERROR_STATUS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale_generation: 409,
  stale_plan: 409,
  operation_active: 409,
  name_taken: 409,
  idempotency_mismatch: 409,
  wrong_state: 409,
  period_closed: 409,
  impossible: 422,
  pairing_invalid: 422,
  workload_unknown: 422,
  last_healthy_node: 422,
  confirmation_required: 422,
  too_many_requests: 429,
  no_capacity: 507,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

export interface FieldProblem {
  /** Path in the input, such as `requirements.shape.memoryMiB`. */
  readonly field: string;
  readonly message: string;
}

export interface ErrorDetails {
  readonly fields?: readonly FieldProblem[];
  readonly [key: string]: unknown;
}

/**
 * A refused or failed request. `precondition` is true when nothing was changed before it was raised.
 */
export class HeadroomError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly retryable: boolean;
  readonly precondition: boolean;
  readonly context: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly details?: ErrorDetails;
      readonly retryable?: boolean;
      readonly precondition?: boolean;
      readonly context?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HeadroomError';
    this.code = code;
    this.details = options.details;
    this.retryable = options.retryable ?? false;
    this.precondition = options.precondition ?? true;
    this.context = options.context;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export const isHeadroomError = (e: unknown): e is HeadroomError => e instanceof HeadroomError;
