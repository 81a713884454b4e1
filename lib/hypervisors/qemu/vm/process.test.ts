import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProcess, findProcessesIn, isAlive, killProcess, killProcessesIn } from './process';

describe('processes of a directory', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'headroom-process-'));
  });
  afterEach(async () => {
    await killProcessesIn(directory);
    await rm(directory, { recursive: true, force: true });
  });

  const spawnThere = async (): Promise<number> => {
    const child = spawn('sleep', ['600'], { cwd: directory, detached: true, stdio: 'ignore' });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    return child.pid ?? 0;
  };

  it('are found without anybody having written them down, and none of another directory', async () => {
    const pids = [await spawnThere(), await spawnThere()];
    expect((await findProcessesIn(directory)).map(({ pid }) => pid).sort()).toEqual([...pids].sort());
    expect(await findProcessesIn(path.join(directory, 'other'))).toEqual([]);
  });

  it('are gone from the kernel once they are ended', async () => {
    const pid = await spawnThere();
    const identity = await findProcess(pid);
    await killProcessesIn(directory);
    expect(await findProcessesIn(directory)).toEqual([]);
    expect(identity !== null && (await isAlive(identity))).toBe(false);
  });

  it('a later process with the same number is not taken for it', async () => {
    const identity = await findProcess(await spawnThere());
    expect(identity).not.toBeNull();
    if (identity === null) return;
    expect(await isAlive(identity)).toBe(true);
    expect(await isAlive({ ...identity, startTicks: identity.startTicks - 1 })).toBe(false);
  });
});

/** Ends the first thread only (the system call `exit`, of which processes use `exit_group`). */
const ORPHANED_THREAD = `use threads; threads->create(sub { sleep 60 }); syscall(${process.arch === 'arm64' ? 93 : 60}, 0);`;

it('a process is alive until its last thread has ended', async () => {
  const child = spawn('perl', ['-e', ORPHANED_THREAD], { stdio: 'ignore' });
  const identity = await findProcess(child.pid ?? 0);
  if (identity === null) throw new Error('it did not start');
  await expect.poll(() => readFile(`/proc/${identity.pid}/stat`, 'utf8')).toContain(') Z ');
  expect(await isAlive(identity)).toBe(true);
  await killProcess(identity);
  expect(await isAlive(identity)).toBe(false);
});
