/** A step as far as it matters how long the rest takes. */
export interface TimedStep {
  readonly id: string;
  readonly kind: string;
  /** Ids of the steps that end before this one starts. */
  readonly after: readonly string[];
  /** `open`: not begun, or begun anew; `running`; `closed`: nothing more comes of it. */
  readonly state: 'open' | 'running' | 'closed';
  /** Milliseconds since 1970; null before it began. */
  readonly startedAtMs: number | null;
}

/** Milliseconds that steps of a kind take. */
export type TypicalMs = Readonly<Record<string, number>>;

/**
 * Milliseconds until the last step ends, if every one takes what steps of its kind took before: the longest way through
 * what is left. Null where nothing is known of a kind that is still to come.
 */
export const timeLeftMs = (steps: readonly TimedStep[], typical: TypicalMs, nowMs: number): number | null => {
  const left = steps.filter(({ state }) => state !== 'closed');
  if (left.some(({ kind }) => typical[kind] === undefined)) return null;
  const byId = new Map(left.map((step) => [step.id, step]));
  const endsIn = new Map<string, number>();
  const endOf = (id: string): number => {
    const known = endsIn.get(id);
    if (known !== undefined) return known;
    const step = byId.get(id);
    if (step === undefined) return 0;
    const takes = typical[step.kind] ?? 0;
    const elapsed = step.state === 'running' && step.startedAtMs !== null ? nowMs - step.startedAtMs : 0;
    const begins = Math.max(0, ...step.after.map(endOf));
    const ends = begins + Math.max(0, takes - elapsed);
    endsIn.set(id, ends);
    return ends;
  };
  return Math.max(0, ...left.map(({ id }) => endOf(id)));
};
