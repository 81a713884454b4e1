'use server';

import { renderSVG } from 'uqr';
import { z } from 'zod';
import type { ActionResult } from '@/lib/domain/action-result';
import { codeSchema, type RecoveryCodes, type TwoFactorBegun, type TwoFactorView } from '@/lib/domain/contract';
import {
  beginTwoFactor,
  confirmTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
} from '@/lib/usecases/account/two-factor';
import { runAction } from './run-action';

/** With the QR code as an image's address: drawn here, no secret goes to another place for it. */
export const begin = async (): Promise<ActionResult<TwoFactorBegun & { readonly qr: string }>> =>
  runAction(z.undefined(), undefined, async (context) => {
    const begun = await beginTwoFactor(context);
    const svg = renderSVG(begun.uri, { border: 1 });
    return { ...begun, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
  });

export const confirm = async (input: unknown): Promise<ActionResult<RecoveryCodes>> =>
  runAction(codeSchema, input, confirmTwoFactor);

export const renew = async (input: unknown): Promise<ActionResult<RecoveryCodes>> =>
  runAction(codeSchema, input, renewRecoveryCodes);

export const remove = async (input: unknown): Promise<ActionResult<TwoFactorView>> =>
  runAction(codeSchema, input, removeTwoFactor);
