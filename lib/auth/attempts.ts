import { HeadroomError } from '@/lib/domain/errors';
import { createRateLimit, type RateLimit } from './rate-limit';

const ATTEMPTS_MAX = 10;
const WINDOW_MS = 15 * 60_000;

type What = 'password' | 'code';

const holder = globalThis as typeof globalThis & { headroomAttempts?: Map<What, RateLimit> };

const limitOf = (what: What): RateLimit => {
  holder.headroomAttempts ??= new Map();
  const limits = holder.headroomAttempts;
  const limit =
    limits.get(what) ?? createRateLimit({ attemptsMax: ATTEMPTS_MAX, windowMs: WINDOW_MS, keysMax: 10_000 });
  limits.set(what, limit);
  return limit;
};

/**
 * Whoever sits at a person's open session guesses no faster than at the sign-in page: counts an attempt, and gives what
 * is to be called when it was right. Throws `too_many_requests` after ten wrong ones in 15 minutes.
 */
export const countAttempt = (what: What, userId: string, now: Date): (() => void) => {
  const limit = limitOf(what);
  if (!limit.attempt(userId, now.getTime())) {
    throw new HeadroomError('too_many_requests', `Too many wrong ${what}s. Wait a few minutes and try again.`, {
      details: { retryAfterMs: limit.waitMs(userId, now.getTime()) },
    });
  }
  return () => limit.succeeded(userId);
};
