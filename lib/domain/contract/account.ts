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

/** What a person may do about how they come in. */
export const ownAccessSchema = z.object({ hasPassword: z.boolean(), sso: z.boolean() });

export const twoFactorViewSchema = z.object({
  enabled: z.boolean(),
  /** The person's role asks for it (settings of sign-in). */
  required: z.boolean(),
  recoveryCodesLeft: z.int(),
});
export type TwoFactorView = z.infer<typeof twoFactorViewSchema>;

/** Who asks: a person, or a token by its name. */
export const meViewSchema = z.object({
  kind: z.enum(['user', 'token']),
  id: idSchema,
  name: z.string(),
  role: z.enum(ROLES),
  /** Null for tokens. */
  twoFactor: twoFactorViewSchema.nullable(),
  access: ownAccessSchema.nullable(),
});
export type MeView = z.infer<typeof meViewSchema>;

/** Shown once. */
export const twoFactorBegunSchema = z.object({
  /** Base 32, for authenticators that are typed into. */
  secret: z.string(),
  /** `otpauth://totp/…`: what the QR code says. */
  uri: z.string(),
});
export type TwoFactorBegun = z.infer<typeof twoFactorBegunSchema>;

export const codeSchema = z.strictObject({
  code: z.string().trim().min(6, 'The 6 digits that your authenticator shows.').max(40, 'This is no code.'),
});
export type CodeInput = z.output<typeof codeSchema>;

/** Shown once. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;
