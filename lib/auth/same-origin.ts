const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries a session cookie may act: a page of another origin can make a browser send the
 * cookie, but not forge these headers. A client that sends neither is no browser, and uses a token.
 */
export const isSameOrigin = (request: { readonly method: string; readonly headers: Headers }): boolean => {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === request.headers.get('host');
};
