import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorSchema } from '@/lib/domain/contract';
import packageFacts from '@/package.json';
import type { Route } from './define-route';
import { ROUTES } from './routes';

const ERRORS: Readonly<Record<number, string>> = {
  400: 'Malformed: `details.fields` says what',
  401: 'Not signed in, or the token is unknown',
  403: 'The role may not',
  404: 'There is no such thing',
  409: 'The state does not allow it, or `generation` or `planHash` is stale',
  422: 'Valid but impossible: the message says what is missing',
  500: 'Something went wrong here',
  507: 'No capacity: `details` says what is missing where',
};
const ALWAYS = [400, 401, 403, 500];

const operationOf = (route: Route): ZodOpenApiOperationObject => {
  const errors = [...new Set([...ALWAYS, ...(route.errors ?? [])])].sort((a, b) => a - b);
  const takesKey = route.method === 'post' || route.method === 'patch';
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      ...(route.query === undefined ? {} : { query: route.query }),
    },
    ...(takesKey ? { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] } : {}),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, { description, schema, contentType }]) => [
          status,
          {
            description,
            ...(schema === undefined ? {} : { content: { [contentType ?? 'application/json']: { schema } } }),
          },
        ]),
      ),
      ...Object.fromEntries(
        errors.map((status) => [
          String(status),
          { description: ERRORS[status] ?? 'Refused', content: { 'application/json': { schema: errorSchema } } },
        ]),
      ),
    },
  };
};

const pathsOf = (routes: readonly Route[]): ZodOpenApiPathsObject => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return paths;
};

/** OpenAPI 3.1, from the schemas that parse the requests. */
export const openApiDocument = (): object =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Headroom',
      version: packageFacts.version,
      description:
        'On-demand clusters of virtual machines that change size by failover. Times are ISO 8601 in UTC, durations milliseconds, memory MiB.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths: pathsOf(ROUTES),
    components: {
      parameters: {
        IdempotencyKey: {
          in: 'header',
          name: 'Idempotency-Key',
          required: false,
          description: 'The same key with the same body gives the same answer for 24 hours.',
          schema: { type: 'string', maxLength: 200 },
        },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token, `hr_…`' },
        session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
      },
    },
  });
