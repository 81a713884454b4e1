import type { NextRequest } from 'next/server';
import { z } from 'zod';
import type { UseCaseContext } from '@/lib/usecases/context';

export type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface ResponseDocumentation {
  readonly description: string;
  /** JSON answers; left out for streams. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

export interface HandlerInput<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly context: UseCaseContext;
  readonly request: NextRequest;
}

type ObjectSchema = z.ZodObject | undefined;
type OutputOf<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;

export interface RouteDocumentation {
  readonly method: Method;
  /** Below /api/v1, as OpenAPI writes it: `/clusters/{id}`. */
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly responses: Readonly<Record<number, ResponseDocumentation>>;
  /** Codes of refusals that are particular to this route, by status. */
  readonly errors?: readonly number[];
  /** The answer shows a secret once: it is not kept for an Idempotency-Key. */
  readonly showsSecret?: boolean;
}

/** One operation of the API: what it takes, what it answers, what it does. Parsing and OpenAPI both come from it. */
export interface RouteDefinition<
  P extends ObjectSchema = ObjectSchema,
  Q extends ObjectSchema = ObjectSchema,
  B extends z.ZodType | undefined = z.ZodType | undefined,
> extends RouteDocumentation {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly handle: (input: HandlerInput<OutputOf<P>, OutputOf<Q>, OutputOf<B>>) => Promise<Answer | Response>;
}

/** A route with its types erased, as the registry and the wrapper hold it. */
export interface Route extends RouteDocumentation {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly handle: (input: HandlerInput<never, never, never>) => Promise<Answer | Response>;
}

export const defineRoute = <
  P extends ObjectSchema = undefined,
  Q extends ObjectSchema = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: RouteDefinition<P, Q, B>,
): Route => definition as Route;

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const accepted = (body: unknown): Answer => ({ status: 202, body });

/** An id, or a name where a thing has one. */
export const idParams = z.object({ id: z.string().min(1).max(64) });
