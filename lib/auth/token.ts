import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'hr_';

/** 256 random bits, with a prefix by which secret scanners recognise it. */
export const newApiToken = (): string => PREFIX + randomBytes(32).toString('base64url');

/** Only this is kept. A fast hash is enough: what it hides has 256 bits. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The token of an `Authorization: Bearer` header; null when the header says something else. */
export const bearerTokenOf = (authorization: string | null): string | null => {
  const match = /^Bearer +([\w-]{1,200})$/i.exec(authorization ?? '');
  return match?.[1] ?? null;
};
