const WINDOW_MS = 5 * 60_000;
const RESTARTS_MAX = 6;
const DELAY_MS_FIRST = 500;
const DELAY_MS_MAX = 15_000;

export type RestartDecision = { readonly act: 'restart'; readonly afterMs: number } | { readonly act: 'give up' };

/**
 * What to do about a process that ended by itself: start it again, after a pause that doubles with every end in the last
 * five minutes, or give up when there were too many of them.
 *
 * @param endsMs when it ended, this time included, in milliseconds, oldest first
 */
export const planRestart = (endsMs: readonly number[], nowMs: number): RestartDecision => {
  const recent = endsMs.filter((at) => nowMs - at < WINDOW_MS).length;
  if (recent > RESTARTS_MAX) return { act: 'give up' };
  return { act: 'restart', afterMs: Math.min(DELAY_MS_FIRST * 2 ** Math.max(0, recent - 1), DELAY_MS_MAX) };
};
