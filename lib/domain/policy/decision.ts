import type { Size } from './size';

/** What made a policy want another size. */
export type Trigger =
  | { readonly code: 'above' | 'below'; readonly value: number; readonly limit: number; readonly forMs: number }
  | { readonly code: 'off-target'; readonly value: number; readonly target: number }
  | { readonly code: 'calendar'; readonly entry: string | null }
  | {
      readonly code: 'usage';
      readonly vcpus: number | null;
      readonly memoryMiB: number | null;
      readonly historyMs: number;
    }
  | { readonly code: 'forecast'; readonly peak: number; readonly peakAtMs: number; readonly error: number };

/** Why nothing is done. */
export type Hold =
  | { readonly code: 'no-data' }
  | { readonly code: 'no-history' }
  | { readonly code: 'in-band' }
  | {
      readonly code: 'not-long-enough';
      readonly side: 'above' | 'below';
      readonly limit: number;
      readonly sinceMs: number;
      readonly forMs: number;
    }
  | { readonly code: 'as-planned'; readonly entry: string | null }
  | { readonly code: 'forecast-fits'; readonly peak: number; readonly error: number }
  | { readonly code: 'fits'; readonly vcpus: number | null; readonly memoryMiB: number | null }
  | { readonly code: 'at-bounds' }
  | { readonly code: 'vm-cap'; readonly peak: number; readonly cap: number }
  | { readonly code: 'budget-cap'; readonly cost: number; readonly cap: number; readonly currency: string }
  /** There is a cap on cost and no rate to reckon it by. */
  | { readonly code: 'no-rates' }
  | { readonly code: 'busy'; readonly with: string }
  | { readonly code: 'quiet-hours'; readonly leftMs: number }
  | { readonly code: 'cool-down'; readonly leftMs: number }
  | { readonly code: 'flap-budget'; readonly used: number; readonly allowed: number }
  | { readonly code: 'would-return'; readonly value: number; readonly limit: number }
  | { readonly code: 'other-policy'; readonly policy: string }
  /** The same recommendation was rejected a short while ago. */
  | { readonly code: 'declined'; readonly leftMs: number }
  /** Nobody answered the same recommendation; it is asked again later. */
  | { readonly code: 'unanswered'; readonly leftMs: number }
  | { readonly code: 'refused'; readonly message: string };

export type HoldCode = Hold['code'];

/** The outcome of one evaluation, in figures; `explain` puts it into words. */
export interface Decision {
  readonly outcome: 'grow' | 'shrink' | 'none';
  readonly from: Size;
  /** The size to be had; `from` when nothing is done. */
  readonly to: Size;
  /** What the policy would have if nothing held it, within its bounds. */
  readonly wants: Size;
  /** The figure that decided: the metric's value, its mean, or the forecast peak. */
  readonly value: number | null;
  readonly trigger: Trigger | null;
  readonly hold: Hold | null;
}
