import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildImage, getImage } from './build';

let imagesDirectory: string;

beforeEach(async () => {
  imagesDirectory = await realpath(await mkdtemp(path.join(tmpdir(), 'headroom-build-')));
});
afterEach(() => rm(imagesDirectory, { recursive: true, force: true }));

const unfinished = async () => (await readdir(imagesDirectory)).filter((name) => name.startsWith('.building-'));

const mountsBelow = async () => {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  return mounts.split('\n').filter((line) => line.includes(imagesDirectory));
};

/** Processes that were told of the directory on their command line. */
const builders = async () => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes('mmdebstrap') && line.includes(imagesDirectory));
};

/** Ends long before an image could be finished, and long after the build has begun. */
const startAndGiveUp = () =>
  buildImage({ packages: [], imagesDirectory, progress: () => undefined, deadlineMs: 2_500 });

it('a build that misses its deadline says so and leaves neither files, nor mounts, nor processes', async () => {
  await expect(startAndGiveUp()).rejects.toMatchObject({ code: 'deadline' });
  expect(await unfinished()).toEqual([]);
  expect(await mountsBelow()).toEqual([]);
  await expect.poll(builders, { timeout: 10_000 }).toEqual([]);
});

it('a builder that is killed takes its whole build with it, and the next one removes what it had', async () => {
  const program = `import { buildImage } from '${path.join(import.meta.dirname, 'build.ts')}';
await buildImage({ packages: [], imagesDirectory: '${imagesDirectory}', progress: () => undefined });`;
  const builder = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', program], { stdio: 'ignore' });
  const ended = new Promise((resolve) => builder.once('exit', resolve));
  await expect.poll(unfinished, { timeout: 30_000 }).toHaveLength(1);
  await expect.poll(builders, { timeout: 30_000 }).not.toEqual([]);
  builder.kill('SIGKILL');
  await ended;
  await expect.poll(builders, { timeout: 10_000 }).toEqual([]);
  expect(await unfinished()).toHaveLength(1);
  expect(await mountsBelow()).toEqual([]);
  await expect(startAndGiveUp()).rejects.toMatchObject({ code: 'deadline' });
  expect(await unfinished()).toEqual([]);
});

it('an image that is not there is missing by name', async () => {
  await expect(getImage(imagesDirectory, 'nothing')).rejects.toMatchObject({ code: 'image_missing' });
});
