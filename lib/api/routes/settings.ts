import { signInSettingsSchema } from '@/lib/domain/contract';
import { getSignInSettings, setSignInSettings } from '@/lib/usecases/settings/sign-in';
import { defineRoute, ok } from '../define-route';

export const getSignInSettingsRoute = defineRoute({
  method: 'get',
  path: '/settings/sign-in',
  id: 'getSignInSettings',
  tag: 'Settings',
  summary: 'What sign-in asks of people',
  responses: { 200: { description: 'The settings', schema: signInSettingsSchema } },
  handle: async ({ context }) => ok(await getSignInSettings(context)),
});

export const setSignInSettingsRoute = defineRoute({
  method: 'patch',
  path: '/settings/sign-in',
  id: 'setSignInSettings',
  tag: 'Settings',
  summary: 'Say what sign-in asks of people',
  body: signInSettingsSchema,
  responses: { 200: { description: 'The settings', schema: signInSettingsSchema } },
  handle: async ({ context, body }) => ok(await setSignInSettings(context, body)),
});
