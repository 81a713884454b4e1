/** Recoveries that one cluster gets by itself in an hour; beyond that something is wrong that more VMs do not mend. */
export const RECOVERIES_PER_HOUR = 6;
export const HOUR_MS = 3_600_000;

/**
 * Whether another recovery may begin by itself, given when the earlier ones did; otherwise when the next one may.
 * Which order the times are in does not matter.
 */
export const recoveryBudget = (
  earlier: readonly Date[],
  now: Date,
): { readonly left: number; readonly nextAt: Date | null } => {
  const recent = earlier.map((at) => at.getTime()).filter((atMs) => atMs > now.getTime() - HOUR_MS);
  const left = Math.max(0, RECOVERIES_PER_HOUR - recent.length);
  if (left > 0) return { left, nextAt: null };
  const [oldestOfLimit] = recent.sort((a, b) => b - a).slice(RECOVERIES_PER_HOUR - 1);
  return { left, nextAt: new Date((oldestOfLimit ?? now.getTime()) + HOUR_MS) };
};
