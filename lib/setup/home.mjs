import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The state directory: HEADROOM_HOME, else `/var/lib/headroom` for root, else `~/.headroom`.
 *
 * @returns {string} an absolute path
 */
export function headroomHome() {
  const named = process.env.HEADROOM_HOME ?? '';
  if (named !== '') return resolve(named);
  return process.getuid?.() === 0 ? '/var/lib/headroom' : join(homedir(), '.headroom');
}
