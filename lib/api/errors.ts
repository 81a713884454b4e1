import { isDatabaseUnreachable } from '@/lib/db/is-database-unreachable';
import { type ErrorCode, type ErrorDetails, HeadroomError, isHeadroomError } from '@/lib/domain/errors';
import { log } from './log';

export interface ErrorAnswer {
  readonly status: number;
  /** `errorSchema` of the contract. */
  readonly body: {
    readonly error: { readonly code: ErrorCode; readonly message: string; readonly details?: ErrorDetails };
  };
  readonly headers: Readonly<Record<string, string>>;
}

const headersOf = (error: HeadroomError): Record<string, string> => {
  if (error.code === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer' };
  const retryAfterMs = error.details?.retryAfterMs;
  if (typeof retryAfterMs === 'number') return { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) };
  return {};
};

const DATABASE_RETRY_MS = 5_000;

const publicErrorOf = (error: unknown, requestId: string): HeadroomError =>
  isDatabaseUnreachable(error)
    ? new HeadroomError('unavailable', 'The database does not answer. Try again in a moment.', {
        retryable: true,
        details: { retryAfterMs: DATABASE_RETRY_MS },
      })
    : new HeadroomError('internal', `Something went wrong here. The log has it under request ${requestId}.`);

/** What a caller is told of a failure. An unexpected one is logged in full and told as `internal`, by its request id. */
export const toErrorAnswer = (error: unknown, requestId: string): ErrorAnswer => {
  const known = isHeadroomError(error) ? error : publicErrorOf(error, requestId);
  if (!isHeadroomError(error)) log.error({ requestId, error }, 'unexpected failure of a request');
  else if (known.status >= 500) log.warn({ requestId, error, context: known.context }, 'failed request');
  const details = known.details === undefined ? {} : { details: known.details };
  return {
    status: known.status,
    body: { error: { code: known.code, message: known.message, ...details } },
    headers: headersOf(known),
  };
};
