'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { type SmtpSettingsView, type SmtpTested, setSmtpSettingsSchema, testSmtpSchema } from '@/lib/domain/contract';
import { removeSmtpSettings, setSmtpSettings, testSmtp } from '@/lib/usecases/settings/smtp';

export const saveSmtp = async (input: unknown): Promise<ActionResult<SmtpSettingsView>> =>
  runAction(setSmtpSettingsSchema, input, (context, settings) => setSmtpSettings(context, settings));

export const removeSmtp = async (): Promise<ActionResult<SmtpSettingsView>> =>
  runAction(z.undefined(), undefined, (context) => removeSmtpSettings(context));

export const sendTestMail = async (input: unknown): Promise<ActionResult<SmtpTested>> =>
  runAction(testSmtpSchema, input, (context, test) => testSmtp(context, test));
