import {
  changeOwnPasswordSchema,
  codeSchema,
  meViewSchema,
  pageOf,
  recoveryCodesSchema,
  sessionsEndedSchema,
  sessionsQuerySchema,
  sessionViewSchema,
  twoFactorBegunSchema,
  twoFactorViewSchema,
} from '@/lib/domain/contract';
import { changeOwnPassword } from '@/lib/usecases/account/change-own-password';
import { getMe } from '@/lib/usecases/account/me';
import {
  beginTwoFactor,
  confirmTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
} from '@/lib/usecases/account/two-factor';
import { endOtherSessions, endSession, listSessions } from '@/lib/usecases/sessions/sessions';
import { defineRoute, idParams, ok } from '../define-route';

export const getMeRoute = defineRoute({
  method: 'get',
  path: '/me',
  id: 'getMe',
  tag: 'Account',
  summary: 'Who asks',
  responses: { 200: { description: 'A person or a token', schema: meViewSchema } },
  handle: async ({ context }) => ok(await getMe(context)),
});

export const changeOwnPasswordRoute = defineRoute({
  method: 'post',
  path: '/me/password',
  id: 'changeOwnPassword',
  tag: 'Account',
  summary: "Change one's own password",
  description: "Ends the person's other sessions.",
  body: changeOwnPasswordSchema,
  responses: { 200: { description: 'How many sessions ended', schema: sessionsEndedSchema } },
  errors: [422, 429],
  handle: async ({ context, body }) => ok(await changeOwnPassword(context, body)),
});

export const listSessionsRoute = defineRoute({
  method: 'get',
  path: '/sessions',
  id: 'listSessions',
  tag: 'Account',
  summary: "Sessions that hold now, newest first: one's own, or everybody's for administrators",
  query: sessionsQuerySchema,
  responses: { 200: { description: 'A page of sessions', schema: pageOf(sessionViewSchema) } },
  handle: async ({ context, query }) => ok(await listSessions(context, query)),
});

export const endSessionRoute = defineRoute({
  method: 'delete',
  path: '/sessions/{id}',
  id: 'endSession',
  tag: 'Account',
  summary: "End a session: one's own, or anybody's for administrators",
  params: idParams,
  responses: { 200: { description: 'The session that ended', schema: sessionViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await endSession(context, params.id)),
});

export const endOtherSessionsRoute = defineRoute({
  method: 'post',
  path: '/sessions/end-others',
  id: 'endOtherSessions',
  tag: 'Account',
  summary: "End all of one's own sessions but this one",
  responses: { 200: { description: 'How many ended', schema: sessionsEndedSchema } },
  handle: async ({ context }) => ok(await endOtherSessions(context)),
});

export const beginTwoFactorRoute = defineRoute({
  method: 'post',
  path: '/me/two-factor',
  id: 'beginTwoFactor',
  tag: 'Account',
  summary: "Make a new secret for one's authenticator",
  description: 'Shown once. In force when a code of it was confirmed.',
  showsSecret: true,
  responses: { 200: { description: 'The secret', schema: twoFactorBegunSchema } },
  errors: [409],
  handle: async ({ context }) => ok(await beginTwoFactor(context)),
});

export const confirmTwoFactorRoute = defineRoute({
  method: 'post',
  path: '/me/two-factor/confirm',
  id: 'confirmTwoFactor',
  tag: 'Account',
  summary: 'Turn two-factor sign-in on, with a code of the new secret',
  description: "Ends the person's other sessions. Recovery codes are shown once.",
  body: codeSchema,
  showsSecret: true,
  responses: { 200: { description: 'Recovery codes', schema: recoveryCodesSchema } },
  errors: [409, 422, 429],
  handle: async ({ context, body }) => ok(await confirmTwoFactor(context, body)),
});

export const renewRecoveryCodesRoute = defineRoute({
  method: 'post',
  path: '/me/two-factor/recovery-codes',
  id: 'renewRecoveryCodes',
  tag: 'Account',
  summary: 'Make new recovery codes; the old ones count no more',
  body: codeSchema,
  showsSecret: true,
  responses: { 200: { description: 'Recovery codes', schema: recoveryCodesSchema } },
  errors: [409, 422, 429],
  handle: async ({ context, body }) => ok(await renewRecoveryCodes(context, body)),
});

export const removeTwoFactorRoute = defineRoute({
  method: 'post',
  path: '/me/two-factor/remove',
  id: 'removeTwoFactor',
  tag: 'Account',
  summary: 'Turn two-factor sign-in off',
  body: codeSchema,
  responses: { 200: { description: 'How it stands', schema: twoFactorViewSchema } },
  errors: [409, 422, 429],
  handle: async ({ context, body }) => ok(await removeTwoFactor(context, body)),
});
