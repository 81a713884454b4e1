import type { PrismaClient, User } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import { verifyPassword } from './password';
import { createRateLimit, type RateLimit } from './rate-limit';
import { hasSecondFactor, takeSecondFactor } from './second-factor';

const WINDOW_MS = 15 * 60_000;

interface Limits {
  /** One person from one address. */
  readonly pair: RateLimit;
  /** One person from anywhere: many addresses guess no faster than this. */
  readonly email: RateLimit;
  /** Codes of one person, by whoever has the password. */
  readonly code: RateLimit;
}

const createLimits = (): Limits => ({
  pair: createRateLimit({ attemptsMax: 10, windowMs: WINDOW_MS, keysMax: 10_000 }),
  email: createRateLimit({ attemptsMax: 100, windowMs: WINDOW_MS, keysMax: 10_000 }),
  code: createRateLimit({ attemptsMax: 10, windowMs: WINDOW_MS, keysMax: 10_000 }),
});

const holder = globalThis as typeof globalThis & { headroomSignInLimits?: Limits };
const sharedLimits = (): Limits => {
  holder.headroomSignInLimits ??= createLimits();
  return holder.headroomSignInLimits;
};

/**
 * `refused` tells whoever tries nothing; why is for the audit trail, `email` only of a person who exists. `code-needed`
 * and `code-wrong` are told only to who has the password.
 */
export type SignIn =
  | { readonly outcome: 'in'; readonly userId: string; readonly passwordHash: string }
  | {
      readonly outcome: 'refused';
      readonly why: 'unknown' | 'password' | 'disabled' | 'no-password';
      readonly email: string | null;
    }
  | { readonly outcome: 'code-needed' }
  | { readonly outcome: 'code-wrong'; readonly email: string };

export interface SignInAttempt {
  readonly email: string;
  readonly password: string;
  /** Of the authenticator, or a recovery code; where the person has a second factor. */
  readonly code?: string;
  readonly address: string;
  readonly now: Date;
}

const normalise = (email: string): string => email.trim().toLowerCase();
const pairKey = (email: string, address: string): string => `${normalise(email)} ${address}`;

/** Milliseconds for which sign-in of this person from this address is refused; 0 when it is not. */
export const signInWaitMs = (email: string, address: string, now: number, limits: Limits = sharedLimits()): number =>
  Math.max(limits.pair.waitMs(pairKey(email, address), now), limits.email.waitMs(normalise(email), now));

const tooMany = (waitMs: number): HeadroomError => {
  const seconds = Math.ceil(waitMs / 1000);
  return new HeadroomError('too_many_requests', `Too many failed sign-ins. Try again in ${seconds} s.`, {
    retryable: true,
    details: { retryAfterMs: seconds * 1000 },
  });
};

/**
 * Checks an e-mail address, a password and, where the person has a second factor, a code, which it uses up. Takes as long
 * whether the person exists or not. Throws `too_many_requests` after 10 failures in 15 minutes from one address, or 10
 * wrong codes from anywhere.
 */
export const checkSignIn = async (
  db: PrismaClient,
  input: SignInAttempt,
  limits: Limits = sharedLimits(),
): Promise<SignIn> => {
  const email = normalise(input.email);
  const key = pairKey(email, input.address);
  const now = input.now.getTime();
  if (!limits.pair.attempt(key, now) || !limits.email.attempt(email, now)) {
    throw tooMany(signInWaitMs(email, input.address, now, limits));
  }
  const user = await db.user.findUnique({ where: { email } });
  const matches = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (user === null) return { outcome: 'refused', why: 'unknown', email: null };
  const { passwordHash } = user;
  if (passwordHash === null) return { outcome: 'refused', why: 'no-password', email };
  if (!matches) return { outcome: 'refused', why: 'password', email };
  if (user.disabledAt !== null) return { outcome: 'refused', why: 'disabled', email };
  if (hasSecondFactor(user)) {
    const refusal = await checkCode(db, user, input, limits);
    if (refusal !== null) return refusal;
  }
  limits.pair.succeeded(key);
  limits.email.succeeded(email);
  return { outcome: 'in', userId: user.id, passwordHash };
};

/** Null when the code is right. */
const checkCode = async (
  db: PrismaClient,
  user: User,
  { code, now }: SignInAttempt,
  limits: Limits,
): Promise<SignIn | null> => {
  if (code === undefined || code === '') return { outcome: 'code-needed' };
  if (!limits.code.attempt(user.id, now.getTime())) throw tooMany(limits.code.waitMs(user.id, now.getTime()));
  if ((await takeSecondFactor(db, user, code, now)) === null) return { outcome: 'code-wrong', email: user.email };
  limits.code.succeeded(user.id);
  return null;
};

export const createSignInLimits = createLimits;
