import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where images are kept between runs; a machine that has none builds them there once. */
export const testImagesDirectory = (): string =>
  process.env.HEADROOM_IMAGES ?? path.join(tmpdir(), 'headroom-test-images');

/** A state directory that the user of VMs may enter, and its removal. */
export const makeTestHome = async (): Promise<{ readonly home: string; remove(): Promise<void> }> => {
  const home = await mkdtemp(path.join(tmpdir(), 'headroom-lab-'));
  await chmod(home, 0o755);
  return { home, remove: () => rm(home, { recursive: true, force: true }) };
};
