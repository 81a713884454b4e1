import { randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { getDatabase } from '@/lib/db/client';
import { HeadroomError } from '@/lib/domain/errors';
import type { UseCaseContext } from '@/lib/usecases/context';
import { authenticate } from './authenticate';
import type { Answer, Route } from './define-route';
import { toErrorAnswer } from './errors';
import { withIdempotency } from './idempotency';
import { parseInput } from './parse';
import { parseJsonBody, readBodyText } from './read-body';
import { observeRequest } from './request-metrics';

interface RouteParams {
  readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export type RouteHandler = (request: NextRequest, route: RouteParams) => Promise<Response>;

/** A key of repeated parameters takes the last: `?limit=1&limit=2` is 2. */
const queryOf = (request: NextRequest): Record<string, string> => Object.fromEntries(request.nextUrl.searchParams);

const toResponse = (answer: Answer, requestId: string, headers: Readonly<Record<string, string>> = {}): Response =>
  NextResponse.json(answer.body, {
    status: answer.status,
    headers: { 'Cache-Control': 'no-store', 'X-Request-Id': requestId, ...headers },
  });

const withoutSecret = (answer: Answer): Answer =>
  answer.status >= 400
    ? answer
    : {
        status: 409,
        body: { error: { code: 'conflict', message: 'This key made its secret already; it is shown only once.' } },
      };

/** Runs the handler and turns a refusal into its answer, so that it can be kept for an Idempotency-Key. */
const answerOf = async (run: () => Promise<Answer | Response>, requestId: string): Promise<Answer> => {
  try {
    const answer = await run();
    if (answer instanceof Response) throw new TypeError('a stream answers no POST or PATCH');
    return answer;
  } catch (error) {
    const { status, body } = toErrorAnswer(error, requestId);
    return { status, body };
  }
};

/**
 * The handler that Next calls for a route: authenticates, parses, runs, and tells failures in the contract's form.
 * Every answer carries `X-Request-Id`.
 */
export const serve = (route: Route): RouteHandler => {
  return async (request, { params }) => {
    const requestId = randomUUID();
    const finish = observeRequest(route);
    try {
      const db = getDatabase();
      const now = new Date();
      const actor = await authenticate(db, request, now);
      const bodyText = route.body === undefined ? '' : await readBodyText(request);
      const parsed = {
        params: route.params === undefined ? {} : parseInput(route.params, await params),
        query: route.query === undefined ? {} : parseInput(route.query, queryOf(request)),
        body:
          route.body === undefined
            ? {}
            : parseInput(route.body, parseJsonBody(bodyText, request.headers.get('content-type'))),
      };
      const context: UseCaseContext = { db, actor, clock: () => new Date(), requestId };
      const run = () => route.handle({ ...parsed, context, request } as Parameters<typeof route.handle>[0]);

      const key = request.headers.get('idempotency-key');
      const isKept = key !== null && (route.method === 'post' || route.method === 'patch');
      const answer = isKept
        ? await withIdempotency(
            db,
            { key, actor, method: request.method, path: request.nextUrl.pathname, bodyText, now },
            () => answerOf(run, requestId),
            route.showsSecret === true ? withoutSecret : (kept) => kept,
          )
        : await run();
      finish(answer.status);
      if (answer instanceof Response) {
        answer.headers.set('X-Request-Id', requestId);
        return answer;
      }
      return toResponse(answer, requestId);
    } catch (error) {
      const { headers, ...answer } = toErrorAnswer(error, requestId);
      finish(answer.status);
      return toResponse(answer, requestId, headers);
    }
  };
};

/** For everything below /api that is no route. */
export const serveNotFound: RouteHandler = async (request) => {
  const requestId = randomUUID();
  const error = new HeadroomError('not_found', `There is no ${request.method} ${request.nextUrl.pathname}.`);
  const { headers, ...answer } = toErrorAnswer(error, requestId);
  return toResponse(answer, requestId, headers);
};
