/** A figure measured over several runs, next to what it is compared with in the same run of the bench. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'requests' | 'streams' | 'transactions' | 'operations' | 'ratio' | 'kB';
  /** One value per run, in the order of the runs. */
  readonly values: readonly number[];
  /** What stands beside it: a peer, or the floor that nothing can go below. Measured in the same run. */
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
  readonly target: Target;
}

/**
 * What the figure has to be. `median` and `maximum` bound the values themselves; `ratio` bounds the median of the value
 * over the median of the peer.
 */
export type Target =
  | { readonly kind: 'median' | 'maximum'; readonly atMost: number }
  | { readonly kind: 'minimum'; readonly atLeast: number }
  | { readonly kind: 'ratio'; readonly atMost: number };

export interface BenchContext {
  /** Runs of each case; the median is over them. */
  readonly runs: number;
  /** How long a case that looks for leaks goes on. */
  readonly minutes: number;
  /** What is left to chance follows from it. */
  readonly seed: number;
  /** Requests per second of cases under load. */
  readonly rate: number;
  /** Processes that take all the processor they get, and how long. */
  readonly hogs: number;
  readonly hogSeconds: number;
  /** A line for the person who waits; goes to standard error. */
  readonly say: (line: string) => void;
}

export interface BenchCase {
  readonly name: string;
  readonly description: string;
  run(context: BenchContext): Promise<readonly Measurement[]>;
}
