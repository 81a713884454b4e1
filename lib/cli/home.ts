import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headroomHome } from '@/lib/setup/home.mjs';

export { headroomHome };

/** Files of the state directory that the CLI reads; each has mode 0600, so that only its owner can. */
export const LOCAL_FILES = { token: 'cli-token', databaseUrl: 'database-url', url: 'url' } as const;

/** The trimmed content of a file of the state directory; null when it is not there or not for us to read. */
export const findLocalFile = async (name: keyof typeof LOCAL_FILES): Promise<string | null> => {
  const text = await readFile(join(headroomHome(), LOCAL_FILES[name]), 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
};
