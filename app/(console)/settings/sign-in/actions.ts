'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  type OidcSettingsView,
  type SignInSettings,
  setOidcSettingsSchema,
  signInSettingsSchema,
} from '@/lib/domain/contract';
import { removeOidcSettings, setOidcSettings } from '@/lib/usecases/settings/oidc';
import { setSignInSettings } from '@/lib/usecases/settings/sign-in';

export const saveSignIn = async (input: unknown): Promise<ActionResult<SignInSettings>> =>
  runAction(signInSettingsSchema, input, setSignInSettings);

export const saveOidc = async (input: unknown): Promise<ActionResult<OidcSettingsView>> =>
  runAction(setOidcSettingsSchema, input, (context, settings) => setOidcSettings(context, settings));

export const removeOidc = async (): Promise<ActionResult<OidcSettingsView>> =>
  runAction(z.undefined(), undefined, (context) => removeOidcSettings(context));
