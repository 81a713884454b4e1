import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ensureBuild } from '@/lib/setup/build';
import { webEnvironment } from '@/lib/setup/environment';
import { freePort } from '@/lib/setup/free-port';

const START_DEADLINE_MS = 60_000;
const POLL_MS = 200;

/** Ends a process that was started here and waits until it is gone. */
export const endChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

export const untilAnswers = async (url: string, child: ChildProcess): Promise<void> => {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${url}: the server ended with ${child.exitCode}`);
    const isUp = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > deadline) throw new Error(`${url} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

export interface Web {
  readonly url: string;
  /** Bytes of the process's heap that are left after a collection. */
  heapBytes(): Promise<number>;
  stop(): Promise<void>;
}

const PROBE = new URL('heap-probe.mjs', import.meta.url).href;

const askHeap = async (child: ChildProcess): Promise<number> => {
  const answer = once(child, 'message');
  child.send('heap');
  const [bytes] = await answer;
  return Number(bytes);
};

/** The console's production build over a database, without an orchestrator. */
export const startWeb = async (home: string, databaseUrl: string, say: (line: string) => void): Promise<Web> => {
  await ensureBuild(say);
  const port = await freePort();
  const settings = { home, port, address: '127.0.0.1', hypervisor: 'simulated' } as const;
  const [sessionSecret, secretsKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64url')];
  const env = webEnvironment(process.env, settings, { databaseUrl, sessionSecret, secretsKey });
  const next = ['node_modules/next/dist/bin/next', 'start', '--port', String(port), '--hostname', '127.0.0.1'];
  const args = ['--expose-gc', '--import', PROBE, ...next];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilAnswers(`${url}/healthz`, child);
  } catch (error) {
    await endChild(child);
    throw error;
  }
  return { url, heapBytes: () => askHeap(child), stop: () => endChild(child) };
};
