import { z } from 'zod';
import { ROLES } from '../role';
import { timeSchema } from './common';

export const signInSettingsSchema = z.strictObject({
  twoFactorRoles: z
    .array(z.enum(ROLES))
    .max(ROLES.length)
    .meta({ description: 'People of these roles who sign in with a password need a second factor' }),
});
export type SignInSettings = z.output<typeof signInSettingsSchema>;

/** Who has set something: whoever starts Headroom by its environment, or administrators here. */
const sourceSchema = z.enum(['environment', 'console', 'none']).meta({
  description: '`environment`: set where Headroom is started, which wins over what is set here',
});

export const roleRuleSchema = z.strictObject({
  value: z.string().trim().min(1, 'A value of the claim.').max(200),
  role: z.enum(ROLES),
});

export const setOidcSettingsSchema = z.strictObject({
  label: z.string().trim().min(1, 'What the button at the sign-in page says.').max(40).default('single sign-on'),
  issuer: z.url({ protocol: /^https?$/, message: 'The http or https address of the issuer.' }),
  clientId: z.string().trim().min(1, 'The client id.').max(200),
  clientSecret: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'Left out: the present one stays. Kept sealed, never shown' }),
  roleClaim: z
    .string()
    .trim()
    .min(1, 'The name of the claim.')
    .max(100)
    .default('groups')
    .meta({ description: 'Dots lead into objects: `realm_access.roles`' }),
  roles: z.array(roleRuleSchema).max(50).meta({ description: 'The first that fits counts' }),
  defaultRole: z.enum(ROLES).nullable().meta({ description: 'Where none fits; null lets nobody in' }),
});
export type SetOidcSettings = z.output<typeof setOidcSettingsSchema>;

export const oidcSettingsViewSchema = z.object({
  source: sourceSchema,
  label: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  hasClientSecret: z.boolean(),
  roleClaim: z.string(),
  roles: z.array(roleRuleSchema),
  defaultRole: z.enum(ROLES).nullable(),
  updatedAt: timeSchema.nullable(),
  updatedBy: z.string().nullable(),
});
export type OidcSettingsView = z.infer<typeof oidcSettingsViewSchema>;

export const setSmtpSettingsSchema = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1, 'The name of the mail server.')
    .max(253)
    .regex(/^[\w.:-]+$/, 'A host name or an address.'),
  port: z.int('A port.').min(1, 'A port.').max(65_535, 'A port.'),
  secure: z
    .boolean()
    .meta({ description: 'TLS from the first byte (port 465); else STARTTLS where the server offers it' }),
  user: z.string().trim().max(200).default('').meta({ description: 'Empty: no sign-in at the server' }),
  password: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'Left out: the present one stays. Kept sealed, never shown' }),
  from: z.email('The address that mails come from.'),
});
export type SetSmtpSettings = z.output<typeof setSmtpSettingsSchema>;

export const smtpSettingsViewSchema = z.object({
  source: sourceSchema,
  host: z.string(),
  port: z.int(),
  secure: z.boolean(),
  user: z.string(),
  hasPassword: z.boolean(),
  from: z.string(),
  updatedAt: timeSchema.nullable(),
  updatedBy: z.string().nullable(),
});
export type SmtpSettingsView = z.infer<typeof smtpSettingsViewSchema>;

export const testSmtpSchema = z.strictObject({ to: z.email('An e-mail address.') });
export type TestSmtpInput = z.output<typeof testSmtpSchema>;

export const smtpTestedSchema = z.object({ to: z.string(), server: z.string() });
export type SmtpTested = z.infer<typeof smtpTestedSchema>;
