import type { ActionResult } from '@/lib/domain/action-result';
import type { CodeInput, RecoveryCodes, TwoFactorBegun, TwoFactorView } from '@/lib/domain/contract';

/** What an authenticator is shown. */
export interface Enrolment extends TwoFactorBegun {
  /** The QR code as the address of an image. */
  readonly qr: string;
}

export interface TwoFactorActions {
  readonly begin: () => Promise<ActionResult<Enrolment>>;
  readonly confirm: (input: CodeInput) => Promise<ActionResult<RecoveryCodes>>;
  readonly renew: (input: CodeInput) => Promise<ActionResult<RecoveryCodes>>;
  readonly remove: (input: CodeInput) => Promise<ActionResult<TwoFactorView>>;
}
