import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instanceIdOf } from '@/lib/hypervisors/qemu/lab/names';
import { findLeftovers, observeDevices, RUN_VARIABLE, sweep, watchLabs } from './leftovers.mjs';
import { startTimeOf } from './process-record.mjs';

let temporary = '';
const devices = observeDevices();
const nothing = () => ({ runId: randomUUID(), labs: [], devices, temporary });

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'headroom-leftovers-'));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

/** A process that carries the run's mark; resolves when it does. */
const startMarked = async (runId: string): Promise<number> => {
  const child = spawn('sh', ['-c', 'echo ready; exec sleep 60'], {
    env: { ...process.env, [RUN_VARIABLE]: runId },
    detached: true,
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
};

describe('what a test run leaves', () => {
  it('is nothing when it leaves nothing', () => {
    expect(findLeftovers(nothing())).toEqual([]);
  });

  it('is a process that it started, until that is swept away', async () => {
    const run = nothing();
    const pid = await startMarked(run.runId);
    expect(findLeftovers(run)).toEqual([expect.stringContaining(`process ${pid}: `)]);
    await sweep(run);
    await expect.poll(() => startTimeOf(pid)).toBeNull();
    expect(findLeftovers(run)).toEqual([]);
  });

  it('is a file in its temporary folder, but not the cache of a tool', async () => {
    await writeFile(join(temporary, 'forgotten'), '');
    await mkdir(join(temporary, 'tsx-0'));
    const left = findLeftovers(nothing());
    expect(left).toEqual([`file ${join(temporary, 'forgotten')}`]);
  });

  it('includes the network of every lab that had its state there', async () => {
    const home = join(temporary, 'a', 'home');
    await mkdir(join(home, 'lab'), { recursive: true });
    const watched = watchLabs(temporary);
    expect(watched.ids()).toEqual([instanceIdOf(home)]);
    await rm(join(temporary, 'a'), { recursive: true });
    expect(watched.ids()).toEqual([instanceIdOf(home)]);
    watched.stop();
  });
});
