/** The client's address as the web server saw it; `unknown` when it did not say. */
export const clientAddress = (header: (name: string) => string | null): string =>
  header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown';
