import { z } from 'zod';
import { ROLES } from '../role';
import { SESSION_METHODS } from '../session';
import { idSchema, pageQuerySchema, timeSchema } from './common';

export const newPasswordSchema = z.string().min(12, 'At least 12 characters.').max(200, 'At most 200 characters.');

export const changeOwnPasswordSchema = z.strictObject({
  currentPassword: z.string().min(1, 'Your present password.').max(200),
  newPassword: newPasswordSchema,
});
export type ChangeOwnPasswordInput = z.output<typeof changeOwnPasswordSchema>;

export const sessionsQuerySchema = pageQuerySchema.extend({
  of: z.enum(['me', 'everyone']).default('me').meta({ description: '`everyone` is for administrators' }),
});
export type SessionsQuery = z.infer<typeof sessionsQuerySchema>;

export const sessionViewSchema = z.object({
  id: idSchema,
  user: z.object({ id: idSchema, email: z.string(), name: z.string() }),
  method: z.enum(SESSION_METHODS),
  /** Where it was signed in from, as the web server saw it. */
  address: z.string(),
  userAgent: z.string(),
  createdAt: timeSchema,
  lastSeenAt: timeSchema,
  expiresAt: timeSchema,
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const sessionsEndedSchema = z.object({ ended: z.int() });
export type SessionsEnded = z.infer<typeof sessionsEndedSchema>;

/** Who asks: a person, or a token by its name. */
export const meViewSchema = z.object({
  kind: z.enum(['user', 'token']),
  id: idSchema,
  name: z.string(),
  role: z.enum(ROLES),
});
export type MeView = z.infer<typeof meViewSchema>;
