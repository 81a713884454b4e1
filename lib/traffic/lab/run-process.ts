import { writeFileSync } from 'node:fs';
import { findProcess } from '@/lib/hypervisors/qemu/vm/process';

/** Writes down who this process is, for whoever ends it; throws when the kernel does not know it. */
export const writeRecord = async (path: string): Promise<void> => {
  const identity = await findProcess(process.pid);
  if (identity === null) throw new Error('/proc is not there');
  writeFileSync(path, JSON.stringify(identity), { mode: 0o644 });
};

/** Ends the process after an error that nobody awaited: its state is on disk, and it is started again. */
export const exitOnError = (name: string): void => {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      console.error(`${name}:`, error);
      process.exit(1);
    });
  }
};
