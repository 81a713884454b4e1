import type { FailedRequest } from '@/lib/domain/operation';
import type { Failing } from './state';

/** Why a request failed, as its client met it. */
export type RequestFailure = Pick<FailedRequest, 'status' | 'error' | 'node'>;

const unanswered = (error: string): RequestFailure => ({ status: null, error, node: null });

/** Of a request of which nothing more is known. */
export const UNANSWERED = unanswered('no node answered');
export const TIMED_OUT = unanswered('no answer in time');

/** A node says that it cannot answer: its queues are full, or it finds no application. */
export const refusedBy = (node: string | null): RequestFailure => ({ status: 503, error: 'HTTP 503', node });

/** Null where the cause is not known. */
export const failureOf = (failing: Failing | null): RequestFailure => {
  if (failing === null) return UNANSWERED;
  const { cause, node } = failing;
  switch (cause) {
    case 'no-holder':
      return unanswered('no node holds the VIP');
    case 'no-member':
      return unanswered('no node takes requests');
    case 'silent-member':
      return unanswered(`${node} did not answer`);
    case 'no-application':
      return refusedBy(node);
    default:
      return cause satisfies never;
  }
};
