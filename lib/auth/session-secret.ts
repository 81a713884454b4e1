import { HeadroomError } from '@/lib/domain/errors';

const LENGTH_MIN = 32;

/** Key of the session cookies, from NEXTAUTH_SECRET. Throws `internal` when the web process was started without one. */
export const sessionSecret = (): string => {
  const secret = process.env.NEXTAUTH_SECRET ?? '';
  if (secret.length >= LENGTH_MIN) return secret;
  throw new HeadroomError('internal', 'The web process has no session secret.', {
    context: { need: `NEXTAUTH_SECRET of at least ${LENGTH_MIN} characters` },
  });
};
