/** A process that ran for so long had come up: its end is an accident, and says nothing about the next start. */
const STEADY_MS = 10_000;
const SHORT_RUNS_MAX = 6;
const DELAY_MS_FIRST = 500;
const DELAY_MS_MAX = 15_000;

export type RestartDecision = { readonly act: 'restart'; readonly afterMs: number } | { readonly act: 'give up' };

/**
 * What to do about a process that ended by itself: start it again, after a pause that doubles with every run in a row that
 * ended before it was up for long, or give up when there were too many of them. One that is killed now and then is always
 * started again; it comes back at most every ten seconds.
 *
 * @param runsMs how long each of its runs lasted, in milliseconds, the one that just ended last
 */
export const planRestart = (runsMs: readonly number[]): RestartDecision => {
  const shortRuns = runsMs.length - 1 - runsMs.findLastIndex((ms) => ms >= STEADY_MS);
  if (shortRuns > SHORT_RUNS_MAX) return { act: 'give up' };
  return { act: 'restart', afterMs: Math.min(DELAY_MS_FIRST * 2 ** Math.max(0, shortRuns - 1), DELAY_MS_MAX) };
};
