import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with what every authenticator understands: SHA-1, 6 digits, 30 s. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20;
/** One step either way: clocks differ, and people type slowly (RFC 6238, 5.2). */
const WINDOW_STEPS = 1;

/** A new secret in base 32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, email: string): TOTP =>
  new TOTP({ ...PARAMETERS, issuer: 'Headroom', label: email, secret: Secret.fromBase32(secret) });

/** `otpauth://totp/…`: what an authenticator reads from the QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The time step of the code that was typed; null when it is none of the steps around now. */
export const findTotpStep = (secret: string, code: string, now: Date): number | null => {
  const timestamp = now.getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW_STEPS });
  return delta === null ? null : Math.floor(timestamp / 1000 / PARAMETERS.period) + delta;
};

const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const RECOVERY_LENGTH = 12;
export const RECOVERY_CODES = 10;

/** `x4km-9dpa-77gh`: 12 of 31 letters and digits that are not taken for one another, 59 random bits. */
export const newRecoveryCode = (): string => {
  let code = '';
  while (code.length < RECOVERY_LENGTH) {
    // Without the bytes that would make the first letters likelier.
    const usable = randomBytes(1).readUInt8();
    if (usable < 248) code += RECOVERY_ALPHABET.charAt(usable % RECOVERY_ALPHABET.length);
  }
  return (code.match(/.{4}/g) ?? []).join('-');
};

/** As it was made, however it is typed; null when it cannot be one. */
export const normaliseRecoveryCode = (text: string): string | null => {
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, '');
  return letters.length === RECOVERY_LENGTH ? (letters.match(/.{4}/g) ?? []).join('-') : null;
};
