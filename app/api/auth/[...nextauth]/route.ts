import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { clientAddress } from '@/lib/auth/client-address';
import { authOptions, originOf, SIGN_IN_ERRORS } from '@/lib/auth/options';
import { signInWaitMs } from '@/lib/auth/sign-in';
import { getDatabase } from '@/lib/db/client';
import { findOidcProvider } from '@/lib/usecases/settings/oidc';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

const handle = async (request: NextRequest, context: Context): Promise<Response> => {
  const oidc = await findOidcProvider(getDatabase());
  const answer: unknown = await NextAuth(request, context, authOptions(oidc, originOf(request.headers)));
  if (answer instanceof Response) return answer;
  throw new TypeError('next-auth gave no response');
};

/** 429 for a sign-in that is refused by the rate limit; next-auth itself would say 401. Null when it may go on. */
const refuseSignIn = async (request: NextRequest): Promise<Response | null> => {
  const form = await request
    .clone()
    .formData()
    .catch(() => null);
  const email = form?.get('email');
  if (typeof email !== 'string') return null;
  const waitMs = signInWaitMs(
    email,
    clientAddress((name) => request.headers.get(name)),
    Date.now(),
  );
  if (waitMs === 0) return null;
  const url = new URL(`/signin?error=${SIGN_IN_ERRORS.tooMany}`, request.url);
  return Response.json(
    {
      url: url.toString(),
      error: { code: 'too_many_requests', message: 'Too many failed sign-ins. Try again later.' },
    },
    { status: 429, headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) } },
  );
};

export const GET = handle;

export const POST = async (request: NextRequest, context: Context): Promise<Response> => {
  const { nextauth } = await context.params;
  const isSignIn = nextauth.join('/') === 'callback/credentials';
  return (isSignIn ? await refuseSignIn(request) : null) ?? handle(request, context);
};
