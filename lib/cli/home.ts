import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The state directory: HEADROOM_HOME, else `~/.headroom`. */
export const headroomHome = (): string => process.env.HEADROOM_HOME ?? join(homedir(), '.headroom');

/** Files of the state directory that the CLI reads; each has mode 0600, so that only its owner can. */
export const LOCAL_FILES = { token: 'cli-token', databaseUrl: 'database-url' } as const;

/** The trimmed content of a file of the state directory; null when it is not there or not for us to read. */
export const findLocalFile = async (name: keyof typeof LOCAL_FILES): Promise<string | null> => {
  const text = await readFile(join(headroomHome(), LOCAL_FILES[name]), 'utf8').catch(() => '');
  return text.trim() === '' ? null : text.trim();
};
