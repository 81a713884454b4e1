import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { queryRange } from './prometheus';

const answers: Record<string, { readonly status: number; readonly body: unknown }> = {
  up: {
    status: 200,
    body: {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [100, '0.5'],
              [105, 'NaN'],
              [110, '0.7'],
            ],
          },
        ],
      },
    },
  },
  none: { status: 200, body: { status: 'success', data: { resultType: 'matrix', result: [] } } },
  two: {
    status: 200,
    body: { status: 'success', data: { resultType: 'matrix', result: [{ values: [] }, { values: [] }] } },
  },
  'bad(': { status: 400, body: { status: 'error', error: 'parse error' } },
};
const asked: URLSearchParams[] = [];
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  asked.push(url.searchParams);
  const answer = url.pathname === '/api/v1/query_range' ? answers[url.searchParams.get('query') ?? ''] : undefined;
  response.writeHead(answer?.status ?? 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer?.body ?? {}));
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const query = (promql: string) => {
  const { port } = server.address() as AddressInfo;
  const never = new AbortController().signal;
  return queryRange({ server: `http://127.0.0.1:${port}/`, promql }, 100_000, 160_000, never);
};

it('gives the values of one series, without those that are no numbers', async () => {
  expect(await query('up')).toEqual([
    { atMs: 100_000, value: 0.5 },
    { atMs: 110_000, value: 0.7 },
  ]);
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({ query: 'up', start: '100', end: '160', step: '5' });
});

it('has no values without a series, and fails on several or a refusal', async () => {
  expect(await query('none')).toEqual([]);
  await expect(query('two')).rejects.toThrow('2 series');
  await expect(query('bad(')).rejects.toThrow('400');
});
