/**
 * What a page of the console may load and run: the origin's own files, and scripts that carry the nonce of this answer or
 * were loaded by one that does. Style attributes and elements are let through without one: the charts, dialogs and the
 * terminal set them from scripts, and a style runs nothing.
 *
 * @param nonce fresh for every answer
 * @param isDevelopment `next dev` evaluates source maps
 */
export const contentSecurityPolicy = (nonce: string, isDevelopment: boolean): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
