import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from './private-file';

/**
 * The key of the session cookies, made once per state directory and kept with mode 0600, so that a restart signs
 * nobody out. Whoever starts the web process passes it as NEXTAUTH_SECRET.
 */
export const ensureSessionSecret = async (home: string): Promise<string> => {
  const path = join(home, 'session-secret');
  const found = await readFile(path, 'utf8').catch(() => '');
  if (found.trim().length >= 32) return found.trim();
  const secret = randomBytes(32).toString('base64url');
  await writePrivateFile(path, `${secret}\n`);
  return secret;
};
