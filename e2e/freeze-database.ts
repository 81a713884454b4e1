import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server and its processes, one for each connection. */
const processesOf = (home: string): readonly number[] => {
  const [first = ''] = readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
  const children = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8');
  return [Number(first), ...children.split(' ').filter(Boolean).map(Number)];
};

/** Has an installation's database stand still, as one whose disk hangs; resolves with what lets it go on. */
export const freezeDatabase = (home: string): (() => void) => {
  const processes = processesOf(home);
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of processes) process.kill(pid, 'SIGCONT');
  };
};
