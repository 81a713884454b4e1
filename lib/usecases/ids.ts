import { createHash, randomBytes } from 'node:crypto';

const ID_LENGTH = 12;
/** RFC 4648 base 32 in lower case: safe in file names, host names and URLs. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

const encode = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, ID_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');

/** 12 characters, 60 random bits. */
export const newId = (): string => encode(randomBytes(ID_LENGTH));

/**
 * The id that the same parts always give. Plans use it for what they create, so that a preview and the plan that is
 * applied are the same value with the same hash.
 */
export const idFrom = (...parts: readonly (string | number)[]): string =>
  encode(createHash('sha256').update(JSON.stringify(parts)).digest());

/** A cluster never uses an ordinal twice, so neither does it use a VM id twice. */
export const vmIdOf = (clusterId: string, ordinal: number): string => idFrom('vm', clusterId, ordinal);
export const volumeIdOf = (clusterId: string): string => idFrom('volume', clusterId);
