import type { ErrorBody } from '@/lib/domain/contract';
import { CliError, EXIT, type ExitCode } from './cli-error';
import { findLocalFile } from './home';

const TIMEOUT_MS = 30_000;

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

export interface ApiClient {
  readonly url: string;
  /** The answer's body. Throws `CliError`. The caller names the contract's type of the answer. */
  readonly request: <T>(method: string, path: string, options?: RequestOptions) => Promise<T>;
  /** An event stream; ends with the signal. */
  readonly stream: (path: string, options: { lastEventId?: string; signal: AbortSignal }) => Promise<Response>;
}

const exitCodeOf = (status: number): ExitCode => {
  if (status === 401 || status === 403) return EXIT.denied;
  return status < 500 || status === 507 ? EXIT.refused : EXIT.failed;
};

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';

const toCliError = async (response: Response): Promise<CliError> => {
  const body: unknown = await response.json().catch(() => null);
  if (!isErrorBody(body)) return new CliError(EXIT.failed, `${response.url} answered ${response.status}.`);
  const { code, message, details } = body.error;
  const fields = details?.fields ?? [];
  return new CliError(exitCodeOf(response.status), message, { code, fields, details });
};

const withQuery = (url: string, query: RequestOptions['query']): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? url : `${url}?${search}`;
};

/** Where Headroom is: HEADROOM_URL, else PORT, else where it was last started from this state directory. */
const consoleUrl = async (): Promise<string> => {
  const { HEADROOM_URL, PORT } = process.env;
  if (HEADROOM_URL !== undefined) return HEADROOM_URL;
  if (PORT !== undefined) return `http://127.0.0.1:${PORT}`;
  return (await findLocalFile('url')) ?? 'http://127.0.0.1:3000';
};

/**
 * At `consoleUrl`; HEADROOM_TOKEN, else the token that `npm start` left in the state
 * directory for the machine itself.
 */
export const connect = async (): Promise<ApiClient> => {
  const url = (await consoleUrl()).replace(/\/+$/, '');
  const isLocal = process.env.HEADROOM_URL === undefined || ['127.0.0.1', 'localhost'].includes(new URL(url).hostname);
  const token = process.env.HEADROOM_TOKEN ?? (isLocal ? await findLocalFile('token') : null);
  if (token === null) {
    throw new CliError(EXIT.denied, 'No token: set HEADROOM_TOKEN (make one with `npx headroom token create`).', {
      code: 'unauthenticated',
    });
  }
  return connectTo(url, token);
};

/** @param url without a slash at its end */
export const connectTo = (url: string, token: string): ApiClient => {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      const headers = { ...init.headers, Authorization: `Bearer ${token}` };
      return await fetch(`${url}/api/v1${path}`, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted === true && error === init.signal.reason) throw error;
      throw new CliError(EXIT.failed, `Headroom does not answer at ${url}. Start it with \`npx headroom up\`.`, {
        code: 'unreachable',
      });
    }
  };
  return {
    url,
    request: async <T>(method: string, path: string, options: RequestOptions = {}): Promise<T> => {
      const response = await send(withQuery(path, options.query), {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(options.body === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(options.body) }),
      });
      if (!response.ok) throw await toCliError(response);
      return (await response.json()) as T;
    },
    stream: async (path, { lastEventId, signal }) => {
      const headers: Record<string, string> = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
      const response = await send(path, { method: 'GET', signal, headers });
      if (!response.ok) throw await toCliError(response);
      return response;
    },
  };
};

/** All items of a list, page by page. */
export const listAll = async <T>(
  client: ApiClient,
  path: string,
  query: RequestOptions['query'] = {},
): Promise<T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: { items: T[]; nextCursor: string | null } = await client.request('GET', path, {
      query: { limit: 200, ...query, cursor },
    });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};
