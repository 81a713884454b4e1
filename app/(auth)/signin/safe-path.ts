const BASE = 'http://console.invalid';

/** A path within this site, `/` for anything else: a link must not send people elsewhere after they signed in. */
export const safePath = (text: string | undefined): string => {
  if (text === undefined || !URL.canParse(text, BASE)) return '/';
  const url = new URL(text, BASE);
  if (url.origin !== BASE || url.pathname.startsWith('/signin') || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}`;
};
