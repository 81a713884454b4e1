import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines, rotateLog } from './log-file';
import { findRunning, forgetProcess, recordProcess } from './process-record.mjs';
import { endAll, processOf } from './process-tree.mjs';
import { planRestart } from './restart-policy';

const ROTATE_EVERY_MS = 30_000;
const REASON_LINES = 8;

export interface ServiceSpec {
  readonly name: 'web' | 'orchestrator';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to end when asked to, before it is made to. */
  readonly stopDeadlineMs: number;
}

export interface Service {
  /** Asks it to end, makes it at its deadline, resolves when it is gone. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly home: string;
  readonly say: (line: string) => void;
  /** It ended too often: nothing will start it again. */
  readonly onGivenUp: (name: ServiceSpec['name'], reason: string) => void;
}

/** Ends what an earlier start, now gone, left running under this name. */
export const endLeftover = async (home: string, name: ServiceSpec['name'], deadlineMs: number): Promise<boolean> => {
  const pid = findRunning(home, name);
  if (pid !== null) await endAll([processOf(pid)], deadlineMs);
  forgetProcess(home, name);
  return pid !== null;
};

/**
 * Runs a process and starts it again when it ends by itself, with growing pauses and a bound. It has a session of its
 * own, so that Ctrl-C at the terminal reaches only the one who stops things in order, and writes to its own log file, so
 * that it goes on when that one is killed.
 */
export const superviseService = async (spec: ServiceSpec, options: ServiceOptions): Promise<Service> => {
  const { home, say } = options;
  const logPath = join(home, 'logs', `${spec.name}.log`);
  const runsMs: number[] = [];
  let beganMs = performance.now();
  let child: ChildProcess | null = null;
  let pause: NodeJS.Timeout | null = null;
  let stopping = false;

  const begin = async (): Promise<void> => {
    const log = await open(logPath, 'a', 0o600);
    try {
      if (stopping) return;
      beganMs = performance.now();
      const started = spawn(spec.command, spec.args, {
        env: spec.env,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      });
      child = started;
      started.once('error', (error) => void ended(`could not be started: ${error.message}`));
      started.once('exit', (code, signal) => void ended(signal === null ? `exit code ${code}` : signal));
      if (started.pid !== undefined) recordProcess(home, spec.name, started.pid);
    } finally {
      await log.close();
    }
  };

  const ended = async (how: string): Promise<void> => {
    child = null;
    if (stopping) return;
    runsMs.push(performance.now() - beganMs);
    const reason = `${how}. Its last words, in ${logPath}:\n${await lastLines(logPath, REASON_LINES)}`;
    const decision = planRestart(runsMs);
    switch (decision.act) {
      case 'restart':
        say(`The ${spec.name} process ended: ${reason}\nStarting it again in ${decision.afterMs / 1_000} s.`);
        pause = setTimeout(() => void begin(), decision.afterMs);
        return;
      case 'give up':
        options.onGivenUp(spec.name, reason);
        return;
      default:
        decision satisfies never;
    }
  };

  const rotation = setInterval(() => void rotateLog(logPath).catch(() => undefined), ROTATE_EVERY_MS);
  await begin();
  return {
    stop: async () => {
      stopping = true;
      clearInterval(rotation);
      if (pause !== null) clearTimeout(pause);
      if (child?.pid !== undefined) await endAll([processOf(child.pid)], spec.stopDeadlineMs);
      forgetProcess(home, spec.name);
    },
  };
};
