import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '@/lib/auth/private-file';
import { HeadroomError } from '@/lib/domain/errors';

const KEY_BYTES = 32;

/** The key that secrets in the database are sealed under, made once per state directory and kept with mode 0600. */
export const ensureSecretsKey = async (home: string): Promise<string> => {
  const path = join(home, 'secrets-key');
  const found = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (found !== '') return found;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  await writePrivateFile(path, `${key}\n`);
  return key;
};

/** From HEADROOM_SECRETS_KEY. Throws `unavailable` when this process was started without one. */
export const secretsKey = (): Buffer => {
  const key = Buffer.from(process.env.HEADROOM_SECRETS_KEY ?? '', 'base64url');
  if (key.length === KEY_BYTES) return key;
  throw new HeadroomError('unavailable', 'This process was started without the key that secrets are kept under.', {
    context: { need: `HEADROOM_SECRETS_KEY: ${KEY_BYTES} bytes in base64url` },
  });
};
