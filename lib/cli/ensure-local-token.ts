import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findTokenActor } from '@/lib/auth/find-token-actor';
import { writePrivateFile } from '@/lib/auth/private-file';
import { type Database, systemActor } from '@/lib/usecases/context';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { LOCAL_FILES } from './home';

/**
 * A token for the CLI on the machine itself, in `<home>/cli-token` with mode 0600: whoever can read the state
 * directory administers Headroom anyway. Called at every start; a token that still works is kept.
 */
export const ensureLocalToken = async (db: Database, home: string): Promise<void> => {
  const path = join(home, LOCAL_FILES.token);
  const now = new Date();
  const found = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (found !== '' && (await findTokenActor(db, found, now)) !== null) return;
  const context = { db, actor: systemActor('set-up'), clock: () => now, requestId: randomUUID() };
  const { token } = await createToken(context, { name: 'CLI on this machine', role: 'admin' });
  await writePrivateFile(path, `${token}\n`);
};
