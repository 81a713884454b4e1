import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { getDatabase } from '@/lib/db/client';
import { isHeadroomError } from '@/lib/domain/errors';
import { clientAddress } from './client-address';
import { sessionSecret } from './session-secret';
import { findSignedIn, type SignedIn } from './sign-in';

const SESSION_SECONDS = 12 * 60 * 60;

/** What `signIn` of next-auth/react reports as `error`. */
export const SIGN_IN_ERRORS = { credentials: 'CredentialsSignin', tooMany: 'TooManyRequests' } as const;

const headerOf = (headers: Record<string, unknown> | undefined, name: string): string | null => {
  const value = headers?.[name];
  return typeof value === 'string' ? value : null;
};

/** The token names the person and their session epoch; what they may do is read from the database at every request. */
export const authOptions = (): NextAuthOptions => ({
  secret: sessionSecret(),
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS, updateAge: 60 * 60 },
  pages: { signIn: '/signin' },
  providers: [
    CredentialsProvider({
      name: 'E-mail and password',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      authorize: async (credentials, request): Promise<SignedIn | null> => {
        if (credentials === undefined) return null;
        const { email, password } = credentials;
        if (typeof email !== 'string' || typeof password !== 'string') return null;
        if (email.length > 320 || password.length > 200) return null;
        try {
          return await findSignedIn(getDatabase(), {
            email,
            password,
            address: clientAddress((name) => headerOf(request.headers, name)),
            now: new Date(),
          });
        } catch (error) {
          if (isHeadroomError(error) && error.code === 'too_many_requests') throw new Error(SIGN_IN_ERRORS.tooMany);
          throw error;
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => {
      const signedIn = user as SignedIn | undefined;
      return signedIn === undefined
        ? token
        : { ...token, sub: signedIn.id, role: signedIn.role, sessionEpoch: signedIn.sessionEpoch };
    },
    session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub, role: token.role } }),
  },
});
