import { HeadroomError } from '@/lib/domain/errors';

export const BODY_BYTES_MAX = 1024 * 1024;

const tooLong = (): HeadroomError => new HeadroomError('malformed', `A body has at most ${BODY_BYTES_MAX} bytes.`);

/** Reads the text of a body and stops as soon as it is too long. Throws `malformed`. */
export const readBodyText = async (request: Request): Promise<string> => {
  if (Number(request.headers.get('content-length') ?? '0') > BODY_BYTES_MAX) throw tooLong();
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > BODY_BYTES_MAX) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** An empty body is an empty object: what is required is then missing by name. Throws `malformed`. */
export const parseJsonBody = (text: string, contentType: string | null): unknown => {
  if (text.trim() === '') return {};
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? '')) {
    throw new HeadroomError('malformed', 'Send the body as JSON, with `Content-Type: application/json`.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HeadroomError('malformed', 'The body is not JSON.');
  }
};
