import { createHash } from 'node:crypto';
import path from 'node:path';

const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

/** Names this lab among others on the machine: it follows from the state directory. Such as `hr3fa2c1`. */
export const instanceIdOf = (home: string): string => `hr${digest(path.resolve(home), 6)}`;

/** Name of a VM's tap; network devices have at most 15 characters. */
export const tapNameOf = (vmId: string): string => `tap${digest(vmId, 12)}`;
