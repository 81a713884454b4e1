import { z } from 'zod';
import { ROLES } from '../role';

export const signInSettingsSchema = z.strictObject({
  twoFactorRoles: z
    .array(z.enum(ROLES))
    .max(ROLES.length)
    .meta({ description: 'People of these roles who sign in with a password need a second factor' }),
});
export type SignInSettings = z.output<typeof signInSettingsSchema>;
