import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from './client';
import { isDatabaseUnreachable } from './is-database-unreachable';
import { createTestDatabase, type TestDatabase } from './testing';

/** Accepts connections and says nothing, as a server that stands still. */
let silent: Server;
const sockets = new Set<Socket>();
let database: TestDatabase;

beforeAll(async () => {
  silent = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await database.close();
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('a database that does not answer', () => {
  it('is given up when it lets nobody in', async () => {
    const { port } = silent.address() as AddressInfo;
    const connection = createDatabase(`postgres://nobody@127.0.0.1:${port}/none`, { connectDeadlineMs: 100 });
    expect(isDatabaseUnreachable(await failureOf(connection.prisma.user.count()))).toBe(true);
    expect(isDatabaseUnreachable(await failureOf(connection.pool.query('select 1')))).toBe(true);
    await connection.close();
  });

  it('is given up when nobody is there', async () => {
    const connection = createDatabase('postgres://nobody@127.0.0.1:1/none');
    expect(isDatabaseUnreachable(await failureOf(connection.prisma.user.count()))).toBe(true);
    expect(isDatabaseUnreachable(await failureOf(connection.pool.query('select 1')))).toBe(true);
    await connection.close();
  });

  it('is given up in the middle, and asked again', async () => {
    const connection = createDatabase(database.url, { answerDeadlineMs: 300 });
    expect(isDatabaseUnreachable(await failureOf(connection.pool.query('select pg_sleep(1)')))).toBe(true);
    expect(isDatabaseUnreachable(await failureOf(connection.prisma.$queryRaw`select pg_sleep(1)::text`))).toBe(true);
    expect(await connection.prisma.user.count()).toBe(0);
    await connection.close();
  });

  it('is told apart from one that refuses', async () => {
    expect(isDatabaseUnreachable(await failureOf(database.pool.query('select nothing')))).toBe(false);
    expect(isDatabaseUnreachable(await failureOf(database.prisma.$queryRaw`select nothing`))).toBe(false);
    const missing = database.prisma.user.update({ where: { id: 'nobody' }, data: { name: 'x' } });
    expect(isDatabaseUnreachable(await failureOf(missing))).toBe(false);
  });
});
