import { z } from 'zod';
import {
  auditExportQuerySchema,
  auditQuerySchema,
  auditVerifySchema,
  auditViewSchema,
  createTokenSchema,
  createUserSchema,
  pageOf,
  pageQuerySchema,
  retentionViewSchema,
  setRetentionSchema,
  statusViewSchema,
  tokenCreatedSchema,
  tokenViewSchema,
  updateUserSchema,
  userViewSchema,
} from '@/lib/domain/contract';
import { resetTwoFactor } from '@/lib/usecases/account/two-factor';
import { listAudit, verifyAudit } from '@/lib/usecases/audit/audit';
import { exportAudit } from '@/lib/usecases/audit/export-audit';
import { getRetention, setRetention } from '@/lib/usecases/audit/retention';
import { getStatus } from '@/lib/usecases/status/get-status';
import { createToken, listTokens, revokeToken } from '@/lib/usecases/tokens/tokens';
import { createUser } from '@/lib/usecases/users/create-user';
import { listUsers } from '@/lib/usecases/users/list-users';
import { updateUser } from '@/lib/usecases/users/update-user';
import { created, defineRoute, idParams, ok } from '../define-route';
import { csvResponse, jsonLinesResponse } from '../text-stream';

export const statusRoute = defineRoute({
  method: 'get',
  path: '/status',
  id: 'getStatus',
  tag: 'Installation',
  summary: 'What this installation is, and whether its orchestrator is at work',
  responses: { 200: { description: 'The status', schema: statusViewSchema } },
  handle: async ({ context }) => ok(await getStatus(context)),
});

export const listUsersRoute = defineRoute({
  method: 'get',
  path: '/users',
  id: 'listUsers',
  tag: 'People',
  summary: 'People, by e-mail address',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of people', schema: pageOf(userViewSchema) } },
  handle: async ({ context, query }) => ok(await listUsers(context, query)),
});

export const createUserRoute = defineRoute({
  method: 'post',
  path: '/users',
  id: 'createUser',
  tag: 'People',
  summary: 'Let a person in',
  body: createUserSchema,
  responses: { 201: { description: 'The person', schema: userViewSchema } },
  errors: [409],
  handle: async ({ context, body }) => created(await createUser(context, body)),
});

export const updateUserRoute = defineRoute({
  method: 'patch',
  path: '/users/{id}',
  id: 'updateUser',
  tag: 'People',
  summary: 'Change a person',
  description: 'A new role, a new password and disabling end all their sessions.',
  params: idParams,
  body: updateUserSchema,
  responses: { 200: { description: 'The person', schema: userViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params, body }) => ok(await updateUser(context, params.id, body)),
});

export const resetTwoFactorRoute = defineRoute({
  method: 'delete',
  path: '/users/{id}/two-factor',
  id: 'resetTwoFactor',
  tag: 'People',
  summary: "Take a person's second factor away, who lost it",
  description: 'Ends all their sessions. The id may be an e-mail address.',
  params: idParams,
  responses: { 200: { description: 'The person', schema: userViewSchema } },
  errors: [404, 409],
  handle: async ({ context, params }) => ok(await resetTwoFactor(context, params.id)),
});

export const listTokensRoute = defineRoute({
  method: 'get',
  path: '/tokens',
  id: 'listTokens',
  tag: 'People',
  summary: 'API tokens, newest first',
  query: pageQuerySchema,
  responses: { 200: { description: 'A page of tokens', schema: pageOf(tokenViewSchema) } },
  handle: async ({ context, query }) => ok(await listTokens(context, query)),
});

export const createTokenRoute = defineRoute({
  method: 'post',
  path: '/tokens',
  id: 'createToken',
  tag: 'People',
  summary: 'Make an API token',
  description: 'The answer shows the token, once. A repeated Idempotency-Key is refused with 409 instead of a replay.',
  body: createTokenSchema,
  showsSecret: true,
  responses: { 201: { description: 'The token, in full this once', schema: tokenCreatedSchema } },
  errors: [409],
  handle: async ({ context, body }) => created(await createToken(context, body)),
});

export const revokeTokenRoute = defineRoute({
  method: 'delete',
  path: '/tokens/{id}',
  id: 'revokeToken',
  tag: 'People',
  summary: 'Revoke an API token',
  params: idParams,
  responses: { 200: { description: 'The token', schema: tokenViewSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await revokeToken(context, params.id)),
});

export const listAuditRoute = defineRoute({
  method: 'get',
  path: '/audit',
  id: 'listAudit',
  tag: 'Audit',
  summary: 'Who did what, newest first',
  query: auditQuerySchema,
  responses: { 200: { description: 'A page of entries', schema: pageOf(auditViewSchema) } },
  handle: async ({ context, query }) => ok(await listAudit(context, query)),
});

export const exportAuditRoute = defineRoute({
  method: 'get',
  path: '/audit/export',
  id: 'exportAudit',
  tag: 'Audit',
  summary: 'The audit trail, oldest entry first, as JSON lines or CSV',
  query: auditExportQuerySchema,
  responses: { 200: { description: 'A line per entry, with its hash', schema: z.string(), contentType: 'text/csv' } },
  handle: async ({ context, query }) => {
    const { fileName, lines } = exportAudit(context, query);
    return query.format === 'csv' ? csvResponse(fileName, lines) : jsonLinesResponse(fileName, lines);
  },
});

export const getRetentionRoute = defineRoute({
  method: 'get',
  path: '/audit/retention',
  id: 'getAuditRetention',
  tag: 'Audit',
  summary: 'How long audit entries are kept, and where the trail begins',
  responses: { 200: { description: 'Months, or null: for good', schema: retentionViewSchema } },
  handle: async ({ context }) => ok(await getRetention(context)),
});

export const setRetentionRoute = defineRoute({
  method: 'post',
  path: '/audit/retention',
  id: 'setAuditRetention',
  tag: 'Audit',
  summary: 'Say how long audit entries are kept; older ones are removed within an hour',
  body: setRetentionSchema,
  responses: { 201: { description: 'Months, or null: for good', schema: retentionViewSchema } },
  handle: async ({ context, body }) => created(await setRetention(context, body)),
});

export const verifyAuditRoute = defineRoute({
  method: 'get',
  path: '/audit/verify',
  id: 'verifyAudit',
  tag: 'Audit',
  summary: "Recompute the audit trail's chain of hashes",
  responses: { 200: { description: 'Whether every entry is as it was written', schema: auditVerifySchema } },
  handle: async ({ context }) => ok(await verifyAudit(context)),
});
