import { randomUUID } from 'node:crypto';
import type { NextAuthOptions, User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { log } from '@/lib/api/log';
import { getDatabase } from '@/lib/db/client';
import { isHeadroomError } from '@/lib/domain/errors';
import { SESSION_SECONDS } from '@/lib/domain/session';
import type { OidcProvider } from '@/lib/usecases/settings/oidc';
import { type Claims, ensureSsoPerson, SsoError } from '@/lib/usecases/users/sso-person';
import { beginSession } from './begin-session';
import { clientAddress } from './client-address';
import { OIDC_PROVIDER_ID, oidcProvider } from './oidc';
import { sessionSecret } from './session-secret';
import { checkSignIn, signInWaitMs } from './sign-in';
import { type FailedSignIn, recordFailedSignIn, signOut } from './sign-in-trail';

/** What `signIn` of next-auth/react reports as `error`. */
export const SIGN_IN_ERRORS = {
  credentials: 'CredentialsSignin',
  tooMany: 'TooManyRequests',
  codeNeeded: 'CodeNeeded',
  codeWrong: 'CodeWrong',
} as const;

/** Who signs in from where, as far as the web server knows. */
export interface SignInOrigin {
  readonly address: string;
  readonly userAgent: string;
}

export const originOf = (headers: Headers): SignInOrigin => ({
  address: clientAddress((name) => headers.get(name)),
  userAgent: headers.get('user-agent') ?? '',
});

/** What a sign-in hands to the cookie's token. */
interface BegunSession extends User {
  sessionId?: string;
}

/** Not waited for: an answer takes as long whether the person exists or not, and whether it is written down or not. */
const noteFailure = (failure: FailedSignIn, now: Date): void => {
  recordFailedSignIn(getDatabase(), failure, now).catch((error: unknown) =>
    log.error({ error, why: failure.why }, 'a failed sign-in was not written down'),
  );
};

const signInByPassword = async (
  credentials: Record<'email' | 'password' | 'code', string> | undefined,
  { address, userAgent }: SignInOrigin,
): Promise<BegunSession | null> => {
  if (credentials === undefined) return null;
  const { email, password, code } = credentials;
  if (typeof email !== 'string' || typeof password !== 'string') return null;
  if (email.length > 320 || password.length > 200 || (code ?? '').length > 40) return null;
  const now = new Date();
  const attempt = { email, password, address, now, ...(typeof code === 'string' ? { code } : {}) };
  const signIn = await checkSignIn(getDatabase(), attempt).catch((error: unknown) => {
    if (isHeadroomError(error) && error.code === 'too_many_requests') throw new Error(SIGN_IN_ERRORS.tooMany);
    throw error;
  });
  if (signIn.outcome === 'code-needed') throw new Error(SIGN_IN_ERRORS.codeNeeded);
  if (signIn.outcome !== 'in') {
    const why = signIn.outcome === 'refused' ? signIn.why : 'code';
    const waitMs = signInWaitMs(email, address, now.getTime());
    noteFailure({ email: signIn.email, why, address, userAgent, waitMs }, now);
    if (signIn.outcome === 'code-wrong') throw new Error(SIGN_IN_ERRORS.codeWrong);
    return null;
  }
  const { userId, passwordHash } = signIn;
  const begun = { userId, passwordHash, method: 'password', address, userAgent } as const;
  const sessionId = await beginSession(getDatabase(), begun, now);
  return sessionId === null ? null : { id: userId, sessionId };
};

/** Where to send whom the provider vouches for and who may not come in; else writes their session into `user`. */
const signInBySso = async (
  provider: OidcProvider,
  claims: Claims,
  user: BegunSession,
  origin: SignInOrigin,
): Promise<string | true> => {
  const db = getDatabase();
  try {
    const person = await ensureSsoPerson({ db, clock: () => new Date(), requestId: randomUUID() }, provider, claims);
    const sessionId = await beginSession(
      db,
      { userId: person.id, passwordHash: null, method: 'sso', ...origin },
      new Date(),
    );
    if (sessionId === null) return '/signin?error=sso-disabled';
    user.id = person.id;
    user.sessionId = sessionId;
    return true;
  } catch (error) {
    if (!(error instanceof SsoError)) throw error;
    log.warn({ refusal: error.refusal, subject: claims.sub }, 'single sign-on refused');
    noteFailure({ email: null, why: `sso-${error.refusal}`, waitMs: 0, ...origin }, new Date());
    return `/signin?error=sso-${error.refusal}`;
  }
};

/** The token names the session; who that is and what they may do is read from the database at every request. */
export const authOptions = (oidc: OidcProvider | null, origin: SignInOrigin): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/signin', error: '/signin' },
  providers: [
    CredentialsProvider({
      name: 'E-mail and password',
      credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
      authorize: (credentials) => signInByPassword(credentials, origin),
    }),
    ...(oidc === null ? [] : [oidcProvider(oidc)]),
  ],
  callbacks: {
    signIn: async ({ user, account, profile }) => {
      if (account?.provider !== OIDC_PROVIDER_ID) return true;
      if (oidc === null || typeof profile?.sub !== 'string') return false;
      return signInBySso(oidc, { ...profile, sub: profile.sub }, user, origin);
    },
    jwt: ({ token, user }) => {
      const begun = user as BegunSession | undefined;
      return begun === undefined ? token : { sub: begun.id, sessionId: begun.sessionId };
    },
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sessionId === 'string') await signOut(getDatabase(), token.sessionId, new Date());
    },
  },
});
