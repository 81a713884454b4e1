import type { PrismaClient } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import type { Role } from '@/lib/domain/role';
import { verifyPassword } from './password';
import { createRateLimit, type RateLimit } from './rate-limit';

const WINDOW_MS = 15 * 60_000;

interface Limits {
  /** One person from one address. */
  readonly pair: RateLimit;
  /** One person from anywhere: many addresses guess no faster than this. */
  readonly email: RateLimit;
}

const createLimits = (): Limits => ({
  pair: createRateLimit({ attemptsMax: 10, windowMs: WINDOW_MS, keysMax: 10_000 }),
  email: createRateLimit({ attemptsMax: 100, windowMs: WINDOW_MS, keysMax: 10_000 }),
});

const holder = globalThis as typeof globalThis & { headroomSignInLimits?: Limits };
const sharedLimits = (): Limits => {
  holder.headroomSignInLimits ??= createLimits();
  return holder.headroomSignInLimits;
};

export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** The hash that the password was checked against. */
  readonly passwordHash: string;
}

const normalise = (email: string): string => email.trim().toLowerCase();
const pairKey = (email: string, address: string): string => `${normalise(email)} ${address}`;

/** Milliseconds for which sign-in of this person from this address is refused; 0 when it is not. */
export const signInWaitMs = (email: string, address: string, now: number, limits: Limits = sharedLimits()): number =>
  Math.max(limits.pair.waitMs(pairKey(email, address), now), limits.email.waitMs(normalise(email), now));

/**
 * Checks an e-mail address and a password. Null when they do not match a person who may sign in; takes as long whether
 * the person exists or not. Throws `too_many_requests` after 10 failures in 15 minutes from one address.
 */
export const findSignedIn = async (
  db: PrismaClient,
  input: { readonly email: string; readonly password: string; readonly address: string; readonly now: Date },
  limits: Limits = sharedLimits(),
): Promise<SignedIn | null> => {
  const email = normalise(input.email);
  const key = pairKey(email, input.address);
  const now = input.now.getTime();
  if (!limits.pair.attempt(key, now) || !limits.email.attempt(email, now)) {
    const seconds = Math.ceil(signInWaitMs(email, input.address, now, limits) / 1000);
    throw new HeadroomError('too_many_requests', `Too many failed sign-ins. Try again in ${seconds} s.`, {
      retryable: true,
      details: { retryAfterMs: seconds * 1000 },
    });
  }
  const user = await db.user.findUnique({ where: { email } });
  const matches = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (user === null || !matches || user.disabledAt !== null) return null;
  limits.pair.succeeded(key);
  limits.email.succeeded(email);
  const { id, name, role, passwordHash } = user;
  return { id, email: user.email, name, role, passwordHash };
};

export const createSignInLimits = createLimits;
