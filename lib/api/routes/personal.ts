import {
  markReadSchema,
  noticesSchema,
  preferencesSchema,
  searchQuerySchema,
  searchResultSchema,
  updatePreferencesSchema,
} from '@/lib/domain/contract';
import { listNotices, markRead } from '@/lib/usecases/personal/notices';
import {
  getPreferences,
  getPreferencesOf,
  updatePreferences,
  updatePreferencesOf,
} from '@/lib/usecases/personal/preferences';
import { search } from '@/lib/usecases/personal/search';
import { defineRoute, idParams, ok } from '../define-route';

const tag = 'Personal';

export const getPreferencesRoute = defineRoute({
  method: 'get',
  path: '/me/preferences',
  id: 'getPreferences',
  tag,
  summary: 'What the caller chose for themselves',
  responses: { 200: { description: 'Zone, theme, density, muted notices, saved filters', schema: preferencesSchema } },
  handle: async ({ context }) => ok(await getPreferences(context)),
});

export const updatePreferencesRoute = defineRoute({
  method: 'patch',
  path: '/me/preferences',
  id: 'updatePreferences',
  tag,
  summary: 'Change what one chose for oneself',
  body: updatePreferencesSchema,
  responses: { 200: { description: 'All of it, as it is now', schema: preferencesSchema } },
  handle: async ({ context, body }) => ok(await updatePreferences(context, body)),
});

export const getPreferencesOfRoute = defineRoute({
  method: 'get',
  path: '/users/{id}/preferences',
  id: 'getPreferencesOf',
  tag: 'People',
  summary: 'What a person chose for themselves',
  description: 'The id may be an e-mail address.',
  params: idParams,
  responses: { 200: { description: 'Zone, theme, density, muted notices, saved filters', schema: preferencesSchema } },
  errors: [404],
  handle: async ({ context, params }) => ok(await getPreferencesOf(context, params.id)),
});

export const updatePreferencesOfRoute = defineRoute({
  method: 'patch',
  path: '/users/{id}/preferences',
  id: 'updatePreferencesOf',
  tag: 'People',
  summary: 'Change what a person chose for themselves',
  description: 'The id may be an e-mail address.',
  params: idParams,
  body: updatePreferencesSchema,
  responses: { 200: { description: 'All of it, as it is now', schema: preferencesSchema } },
  errors: [404],
  handle: async ({ context, params, body }) => ok(await updatePreferencesOf(context, params.id, body)),
});

export const listNoticesRoute = defineRoute({
  method: 'get',
  path: '/me/notices',
  id: 'listNotices',
  tag,
  summary: 'What happened that concerns the caller, newest first',
  responses: { 200: { description: 'Notices, and how many are unread', schema: noticesSchema } },
  handle: async ({ context }) => ok(await listNotices(context)),
});

export const markReadRoute = defineRoute({
  method: 'post',
  path: '/me/notices/read',
  id: 'markNoticesRead',
  tag,
  summary: 'Mark one notice, or all up to a moment, as read',
  body: markReadSchema,
  responses: { 200: { description: 'Notices, and how many are unread', schema: noticesSchema } },
  handle: async ({ context, body }) => ok(await markRead(context, body)),
});

export const searchRoute = defineRoute({
  method: 'get',
  path: '/search',
  id: 'search',
  tag,
  summary: 'Clusters, VMs, hosts, operations, policies, workloads and people by part of a name or address',
  query: searchQuerySchema,
  responses: { 200: { description: 'A few of each kind that the caller may see', schema: searchResultSchema } },
  handle: async ({ context, query }) => ok(await search(context, query)),
});
