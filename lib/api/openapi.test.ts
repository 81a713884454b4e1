import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi';
import { ROUTES } from './routes';

const ROOT = new URL('../../app/api/v1', import.meta.url).pathname;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Documented {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

const routeFiles = async (): Promise<readonly string[]> => {
  const entries = await readdir(ROOT, { recursive: true });
  return entries.filter((entry) => entry.endsWith('route.ts'));
};

/** `get /clusters/{id}` of every method that a route file exports. */
const servedOperations = async (): Promise<readonly string[]> => {
  const served: string[] = [];
  for (const file of await routeFiles()) {
    const module: Record<string, unknown> = await import(join(ROOT, file));
    const path = `/${file}`.replace(/\/route\.ts$/, '').replaceAll(/\[(\w+)\]/g, '{$1}');
    if (path === '/openapi.json') continue;
    for (const method of METHODS) if (method in module) served.push(`${method.toLowerCase()} ${path}`);
  }
  return served.sort();
};

describe('OpenAPI', () => {
  it('documents exactly the operations that are served, each from the definition that serves it', async () => {
    const { paths } = openApiDocument() as Documented;
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(await servedOperations());
    expect(ROUTES.map((route) => `${route.method} ${route.path}`).sort()).toEqual(await servedOperations());
  });

  it('gives every operation an id of its own', () => {
    const ids = ROUTES.map((route) => route.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
