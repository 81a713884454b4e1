import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { HeadroomError } from '@/lib/domain/errors';
import { secretsKey } from './secrets-key';

const VERSION = 'v1';
/** NIST SP 800-38D: 96 bits of nonce, 128 of tag. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (use: 'seal' | 'mac'): Buffer =>
  Buffer.from(hkdfSync('sha256', secretsKey(), Buffer.alloc(0), `headroom ${use} ${VERSION}`, 32));

/**
 * Encrypts a secret for one purpose, such as `user/<id>/totp`: `v1.<base64url of nonce, ciphertext and tag>`.
 * Only `open` with the same purpose and key gives it back.
 */
export const seal = (secret: string, purpose: string): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor('seal'), nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION}.${sealed.toString('base64url')}`;
};

/** Throws `unavailable` when it was sealed under another key, for another purpose, or changed since. */
export const open = (sealed: string, purpose: string): string => {
  const [version, text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  try {
    if (version !== VERSION) throw new Error(`unknown version ${version}`);
    const decipher = createDecipheriv('aes-256-gcm', keyFor('seal'), bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new HeadroomError(
      'unavailable',
      'A stored secret does not open: it was kept under another key. Restore secrets-key, or enter the secret again.',
      { context: { purpose }, cause },
    );
  }
};

/** A keyed hash, to recognise a secret by that is too short for a bare one. */
export const mac = (secret: string, purpose: string): string =>
  createHmac('sha256', keyFor('mac')).update(`${purpose}\0${secret}`).digest('base64url');
