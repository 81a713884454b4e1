'use server';

import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { markReadSchema, type NoticesView, type Preferences, updatePreferencesSchema } from '@/lib/domain/contract';
import { markRead } from '@/lib/usecases/personal/notices';
import { updatePreferences } from '@/lib/usecases/personal/preferences';

export const savePreferences = async (input: unknown): Promise<ActionResult<Preferences>> =>
  runAction(updatePreferencesSchema, input, updatePreferences);

export const markNoticesRead = async (input: unknown): Promise<ActionResult<NoticesView>> =>
  runAction(markReadSchema, input, markRead);
