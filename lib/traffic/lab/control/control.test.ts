import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HypervisorError } from '@/lib/hypervisors/types';
import { ControlClient } from './client';
import { serveControl } from './server';

interface TestMethods {
  add: { params: { a: number; b: number }; result: number };
  fail: { params: null; result: null };
  never: { params: null; result: null };
  first: { params: null; result: string };
  release: { params: null; result: null };
}

let directory = '';
let path = '';
let server: Server;
let client: ControlClient<TestMethods>;
let release = (): void => undefined;

const serve = (): Promise<Server> =>
  serveControl<TestMethods>(path, {
    add: ({ a, b }) => a + b,
    fail: () => {
      throw new HypervisorError('not_found', 'There is no such cluster.');
    },
    never: () => new Promise(() => undefined),
    first: () => new Promise((resolve) => (release = () => resolve('at last'))),
    release: () => {
      release();
      return null;
    },
  });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headroom-control-'));
  path = join(directory, 'socket');
  server = await serve();
  client = new ControlClient(path);
});
afterEach(async () => {
  client.close();
  server.close();
  await rm(directory, { recursive: true });
});

const limit = { timeoutMs: 10_000 };

describe('control socket', () => {
  it('answers what it is asked, and hands on errors with their code', async () => {
    expect(await client.ask('add', { a: 2, b: 3 }, limit)).toBe(5);
    await expect(client.ask('fail', null, limit)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a question that takes long holds up no other one', async () => {
    const first = client.ask('first', null, limit);
    await client.ask('release', null, limit);
    expect(await first).toBe('at last');
  });

  it('ends a question at its deadline, and answers the next', async () => {
    await expect(client.ask('never', null, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'deadline' });
    expect(await client.ask('add', { a: 1, b: 1 }, limit)).toBe(2);
  });

  it('says that nobody is there, and finds the process that comes after', async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      client.close();
    });
    await expect(client.ask('add', { a: 1, b: 1 }, limit)).rejects.toMatchObject({ code: 'unreachable' });
    server = await serve();
    expect(await client.ask('add', { a: 1, b: 1 }, limit)).toBe(2);
  });

  it('only its owner may open it', async () => {
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
