import { type NextRequest, NextResponse } from 'next/server';
import { getToken } from 'next-auth/jwt';

/**
 * Sends browsers without a session to the sign-in page. A convenience for people, not a protection: every page, action
 * and route asks the session again.
 */
export const proxy = async (request: NextRequest): Promise<NextResponse> => {
  const token = await getToken({ req: request });
  if (token !== null) return NextResponse.next();
  const signIn = new URL('/signin', request.url);
  signIn.searchParams.set('callbackUrl', request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.redirect(signIn);
};

export const config = {
  matcher: ['/((?!api/|_next/|signin|setup|healthz|readyz|metrics|favicon|.*\\.(?:svg|png|ico|webmanifest|txt)$).*)'],
};
