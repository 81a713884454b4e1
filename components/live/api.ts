import type { ErrorBody } from '@/lib/domain/contract';

/** A refused or failed read of the API; the message is for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

const DEADLINE_MS = 15_000;

const queryOf = (query: Readonly<Record<string, string | number | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
};

const errorOf = async (response: Response): Promise<ApiError> => {
  const body: ErrorBody | null = await response.json().catch(() => null);
  const code = body?.error?.code ?? 'unavailable';
  const message = body?.error?.message ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, code, message);
};

/** Changes something below /api/v1 with the browser's session, where a server action would be too slow. Throws `ApiError`. */
export const apiPost = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    signal: AbortSignal.timeout(DEADLINE_MS),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, 'unavailable', 'The server does not answer.');
  });
  if (!response.ok) throw await errorOf(response);
};

/** Reads below /api/v1 with the browser's session. Throws `ApiError`. */
export const apiGet = async <T>(
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
  signal?: AbortSignal,
): Promise<T> => {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(`/api/v1${path}${queryOf(query)}`, {
    signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    headers: { Accept: 'application/json' },
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, 'unavailable', 'The server does not answer.');
  });
  if (!response.ok) throw await errorOf(response);
  return response.json();
};
