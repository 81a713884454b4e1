import { setTimeout as delay } from 'node:timers/promises';
import type { Prisma } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import { mac } from '@/lib/secrets/seal';
import type { Actor, Database } from '@/lib/usecases/context';
import { isUniqueViolation } from '@/lib/usecases/database-errors';

const KEY_LENGTH_MAX = 200;
const KEPT_MS = 24 * 60 * 60_000;
const WAIT_MS_MAX = 10_000;
const POLL_MS = 50;

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface IdempotentRequest {
  readonly key: string;
  readonly actor: Actor;
  readonly method: string;
  readonly path: string;
  readonly bodyText: string;
  readonly now: Date;
}

/** Keyed: a body may hold a password, which a bare hash would let guess. */
const hashOf = (request: IdempotentRequest): string =>
  mac(JSON.stringify([request.method, request.path, request.bodyText]), 'idempotency');

const actorKey = (actor: Actor): string => `${actor.kind} ${actor.id}`;

/**
 * Gives a key's first answer to every later request with the same key and body. Only one request per key works; others
 * wait up to 10 s for it. An answer of 500 and above is not kept: the key may be tried again.
 * Throws `idempotency_mismatch` for the same key with another body, and `conflict` when the first request has not
 * answered in time, or died before it did: then the caller looks whether it took effect.
 */
export const withIdempotency = async (
  db: Database,
  request: IdempotentRequest,
  work: () => Promise<StoredAnswer>,
  kept: (answer: StoredAnswer) => StoredAnswer,
): Promise<StoredAnswer> => {
  if (request.key.length > KEY_LENGTH_MAX) {
    throw new HeadroomError('malformed', `An Idempotency-Key has at most ${KEY_LENGTH_MAX} characters.`);
  }
  const id = { actor_key: { actor: actorKey(request.actor), key: request.key } };
  if (!(await claim(db, request))) return await replay(db, request);
  try {
    const answer = await work();
    if (answer.status >= 500) await db.idempotencyKey.delete({ where: id });
    else {
      const { status, body } = kept(answer);
      await db.idempotencyKey.update({ where: id, data: { status, response: body as Prisma.InputJsonValue } });
    }
    return answer;
  } catch (error) {
    await db.idempotencyKey.delete({ where: id }).catch(() => undefined);
    throw error;
  }
};

const claim = async (db: Database, request: IdempotentRequest): Promise<boolean> => {
  await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date(request.now.getTime() - KEPT_MS) } } });
  try {
    await db.idempotencyKey.create({
      data: {
        actor: actorKey(request.actor),
        key: request.key,
        requestHash: hashOf(request),
        createdAt: request.now,
      },
    });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
};

const replay = async (db: Database, request: IdempotentRequest): Promise<StoredAnswer> => {
  const id = { actor_key: { actor: actorKey(request.actor), key: request.key } };
  for (let waitedMs = 0; waitedMs <= WAIT_MS_MAX; waitedMs += POLL_MS) {
    const row = await db.idempotencyKey.findUnique({ where: id });
    if (row === null) {
      throw new HeadroomError('conflict', 'The first request with this Idempotency-Key failed. Try again.', {
        retryable: true,
      });
    }
    if (row.requestHash !== hashOf(request)) {
      throw new HeadroomError('idempotency_mismatch', 'This Idempotency-Key was used for another request.');
    }
    if (row.status !== null) return { status: row.status, body: row.response };
    await delay(POLL_MS);
  }
  throw new HeadroomError(
    'conflict',
    'The first request with this Idempotency-Key has not answered. Look whether it took effect before using a new key.',
    { retryable: true },
  );
};
