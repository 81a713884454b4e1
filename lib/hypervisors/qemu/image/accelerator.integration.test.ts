import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bootCanary, findAccelerator } from './accelerator';
import { buildImage, type GuestImage } from './build';

let directory: string;
let image: GuestImage;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'headroom-accelerator-'));
  const imagesDirectory = process.env.HEADROOM_IMAGES ?? path.join(directory, 'images');
  image = await buildImage({ packages: [], imagesDirectory, progress: () => undefined });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('decides by a canary guest and says why, once for a kernel, a QEMU and a boot of the machine', async () => {
  const verdict = await findAccelerator({ imagesDirectory: directory, image });
  expect(['kvm', 'tcg']).toContain(verdict.accelerator);
  expect(verdict.reason).toMatch(/canary|\/dev\/kvm/);
  const stored = await readFile(path.join(directory, 'accelerator.json'), 'utf8');
  // A kernel that is not there would fail a second canary: the stored verdict is what answers.
  const again = await findAccelerator({ imagesDirectory: directory, image: { ...image, kernel: '/nowhere' } });
  expect(again).toEqual(verdict);
  expect(await readFile(path.join(directory, 'accelerator.json'), 'utf8')).toBe(stored);
});

it('sees the canary where it boots, under emulation, and why it does not', async () => {
  expect(await bootCanary('tcg', image, 60_000)).toBe('alive');
  expect(await bootCanary('tcg', { ...image, kernel: '/nowhere' }, 60_000)).toContain('/nowhere');
  expect(await bootCanary('tcg', image, 1)).toContain('silent');
});

it('falls back to emulation, with the reason, when the canary does not boot', async () => {
  const other = { ...image, kernelVersion: 'none', kernel: '/nowhere' };
  const verdict = await findAccelerator({ imagesDirectory: directory, image: other });
  expect(verdict.accelerator).toBe('tcg');
});

it('finds the image again by what it is made of, and makes another for other packages', async () => {
  const imagesDirectory = path.dirname(image.directory);
  const found = await buildImage({ packages: [], imagesDirectory, progress: () => undefined });
  expect(found).toEqual(image);
  // Packages of the built-in workloads are in every image.
  const shared = await buildImage({ packages: ['sqlite3'], imagesDirectory, progress: () => undefined });
  expect(shared.key).toBe(image.key);
});
