import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { getDatabase } from '@/lib/db/client';
import { isHeadroomError } from '@/lib/domain/errors';
import { SESSION_SECONDS } from '@/lib/domain/session';
import { beginSession } from './begin-session';
import { clientAddress } from './client-address';
import { sessionSecret } from './session-secret';
import { checkSignIn } from './sign-in';

/** What `signIn` of next-auth/react reports as `error`. */
export const SIGN_IN_ERRORS = {
  credentials: 'CredentialsSignin',
  tooMany: 'TooManyRequests',
  codeNeeded: 'CodeNeeded',
  codeWrong: 'CodeWrong',
} as const;

const headerOf = (headers: Record<string, unknown> | undefined, name: string): string | null => {
  const value = headers?.[name];
  return typeof value === 'string' ? value : null;
};

/** What `authorize` hands to the cookie's token. */
interface BegunSession {
  readonly id: string;
  readonly sessionId: string;
}

/** The token names the session; who that is and what they may do is read from the database at every request. */
export const authOptions = (): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/signin' },
  providers: [
    CredentialsProvider({
      name: 'E-mail and password',
      credentials: { email: { type: 'email' }, password: { type: 'password' }, code: { type: 'text' } },
      authorize: async (credentials, request): Promise<BegunSession | null> => {
        if (credentials === undefined) return null;
        const { email, password, code } = credentials;
        if (typeof email !== 'string' || typeof password !== 'string') return null;
        if (email.length > 320 || password.length > 200 || (code ?? '').length > 40) return null;
        const now = new Date();
        const address = clientAddress((name) => headerOf(request.headers, name));
        try {
          const attempt = { email, password, address, now, ...(typeof code === 'string' ? { code } : {}) };
          const signIn = await checkSignIn(getDatabase(), attempt);
          if (signIn.outcome === 'code-needed') throw new Error(SIGN_IN_ERRORS.codeNeeded);
          if (signIn.outcome === 'code-wrong') throw new Error(SIGN_IN_ERRORS.codeWrong);
          if (signIn.outcome !== 'in') return null;
          const userAgent = headerOf(request.headers, 'user-agent') ?? '';
          const { userId, passwordHash } = signIn;
          const begun = { userId, passwordHash, method: 'password', address, userAgent } as const;
          const sessionId = await beginSession(getDatabase(), begun, now);
          return sessionId === null ? null : { id: userId, sessionId };
        } catch (error) {
          if (isHeadroomError(error) && error.code === 'too_many_requests') throw new Error(SIGN_IN_ERRORS.tooMany);
          throw error;
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => {
      const begun = user as BegunSession | undefined;
      return begun === undefined ? token : { sub: begun.id, sessionId: begun.sessionId };
    },
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.sessionId !== 'string') return;
      await getDatabase().session.updateMany({
        where: { id: token.sessionId, endedAt: null },
        data: { endedAt: new Date() },
      });
    },
  },
});
