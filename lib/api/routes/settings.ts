import {
  oidcSettingsViewSchema,
  setOidcSettingsSchema,
  setSmtpSettingsSchema,
  signInSettingsSchema,
  smtpSettingsViewSchema,
  smtpTestedSchema,
  testSmtpSchema,
} from '@/lib/domain/contract';
import { getOidcSettings, removeOidcSettings, setOidcSettings } from '@/lib/usecases/settings/oidc';
import { getSignInSettings, setSignInSettings } from '@/lib/usecases/settings/sign-in';
import { getSmtpSettings, removeSmtpSettings, setSmtpSettings, testSmtp } from '@/lib/usecases/settings/smtp';
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

export const getOidcSettingsRoute = defineRoute({
  method: 'get',
  path: '/settings/oidc',
  id: 'getOidcSettings',
  tag: 'Settings',
  summary: 'The provider of single sign-on',
  responses: { 200: { description: "The settings without the client's secret", schema: oidcSettingsViewSchema } },
  handle: async ({ context }) => ok(await getOidcSettings(context)),
});

export const setOidcSettingsRoute = defineRoute({
  method: 'patch',
  path: '/settings/oidc',
  id: 'setOidcSettings',
  tag: 'Settings',
  summary: 'Set the provider of single sign-on, which is asked first',
  body: setOidcSettingsSchema,
  responses: { 200: { description: "The settings without the client's secret", schema: oidcSettingsViewSchema } },
  errors: [409, 422],
  handle: async ({ context, body }) => ok(await setOidcSettings(context, body)),
});

export const removeOidcSettingsRoute = defineRoute({
  method: 'delete',
  path: '/settings/oidc',
  id: 'removeOidcSettings',
  tag: 'Settings',
  summary: 'End single sign-on; sessions go on',
  responses: { 200: { description: 'The settings', schema: oidcSettingsViewSchema } },
  errors: [409],
  handle: async ({ context }) => ok(await removeOidcSettings(context)),
});

export const getSmtpSettingsRoute = defineRoute({
  method: 'get',
  path: '/settings/smtp',
  id: 'getSmtpSettings',
  tag: 'Settings',
  summary: 'The mail server',
  responses: { 200: { description: 'The settings without the password', schema: smtpSettingsViewSchema } },
  handle: async ({ context }) => ok(await getSmtpSettings(context)),
});

export const setSmtpSettingsRoute = defineRoute({
  method: 'patch',
  path: '/settings/smtp',
  id: 'setSmtpSettings',
  tag: 'Settings',
  summary: 'Set the mail server',
  body: setSmtpSettingsSchema,
  responses: { 200: { description: 'The settings without the password', schema: smtpSettingsViewSchema } },
  errors: [409, 422],
  handle: async ({ context, body }) => ok(await setSmtpSettings(context, body)),
});

export const removeSmtpSettingsRoute = defineRoute({
  method: 'delete',
  path: '/settings/smtp',
  id: 'removeSmtpSettings',
  tag: 'Settings',
  summary: 'Send no mail any more',
  responses: { 200: { description: 'The settings', schema: smtpSettingsViewSchema } },
  errors: [409],
  handle: async ({ context }) => ok(await removeSmtpSettings(context)),
});

export const testSmtpRoute = defineRoute({
  method: 'post',
  path: '/settings/smtp/test',
  id: 'testSmtp',
  tag: 'Settings',
  summary: 'Send a mail by the settings in force',
  body: testSmtpSchema,
  responses: { 200: { description: 'The server took it', schema: smtpTestedSchema } },
  errors: [422],
  handle: async ({ context, body }) => ok(await testSmtp(context, body)),
});
