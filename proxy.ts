import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';
import { contentSecurityPolicy } from '@/lib/auth/content-security-policy';

/** Where nobody has to be signed in. */
const OPEN = ['/signin', '/setup', '/decide'];

const isOpen = (path: string): boolean => OPEN.some((open) => path === open || path.startsWith(`${open}/`));

/**
 * Gives every page its content security policy, and sends browsers without a session to the sign-in page. The latter is
 * a convenience for people, not a protection: every page, action and route asks the session again.
 */
export const proxy = async (request: NextRequest): Promise<NextResponse> => {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const answer =
    isOpen(request.nextUrl.pathname) || (await getToken({ req: request })) !== null
      ? pageWith(request, nonce, policy)
      : toSignIn(request);
  answer.headers.set('Content-Security-Policy', policy);
  return answer;
};

/** Next takes the nonce for its own scripts from the policy in the request's headers; the theme's script is given it. */
const pageWith = (request: NextRequest, nonce: string, policy: string): NextResponse => {
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('Content-Security-Policy', policy);
  return NextResponse.next({ request: { headers } });
};

const toSignIn = (request: NextRequest): NextResponse => {
  const signIn = new URL('/signin', request.url);
  signIn.searchParams.set('callbackUrl', request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.redirect(signIn);
};

export const config = {
  matcher: ['/((?!api/|_next/|healthz|readyz|metrics|favicon|.*\\.(?:svg|png|ico|webmanifest|txt)$).*)'],
};
