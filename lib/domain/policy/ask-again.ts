import { type Size, sameSize } from './size';

const DAY_MS = 86_400_000;

/** How something that a policy asked for before ended. */
export interface AskedBefore {
  readonly state: string;
  readonly to: Size;
  /** When it was answered, or closed without an answer; null while it is open. */
  readonly decidedAt: Date | null;
}

export interface Rest {
  readonly code: 'declined' | 'unanswered';
  readonly untilMs: number;
}

/**
 * Until when a policy does not ask for a size again. A rejection is respected for as long as a recommendation stands. What
 * nobody answered rests as long, and twice as long each time that it comes to nothing again, a day at most: asking at once
 * would write to people who are not there, for ever. Null where it may ask.
 *
 * @param before what it asked for since it was last changed, newest first
 */
export const restBeforeAsking = (before: readonly AskedBefore[], to: Size, expiresAfterMs: number): Rest | null => {
  const [last] = before;
  if (last?.decidedAt == null || !sameSize(last.to, to)) return null;
  const decidedMs = last.decidedAt.getTime();
  if (last.state === 'rejected') return { code: 'declined', untilMs: decidedMs + expiresAfterMs };
  if (last.state !== 'expired') return null;
  const other = before.findIndex((one) => one.state !== 'expired' || !sameSize(one.to, to));
  const times = other === -1 ? before.length : other;
  // A recommendation may be meant to stand for more than a day.
  const longestMs = Math.max(DAY_MS, expiresAfterMs);
  return { code: 'unanswered', untilMs: decidedMs + Math.min(expiresAfterMs * 2 ** (times - 1), longestMs) };
};
