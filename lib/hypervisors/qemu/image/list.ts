import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImageFacts } from '../../types';

const BLOCK_BYTES = 512;

const readText = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

/** What the files of a directory take on the disk; a sparse file takes less than its length. */
const sizeOf = async (directory: string): Promise<number> => {
  const names = await readdir(directory);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(directory, name))).blocks));
  return sizes.reduce((sum, blocks) => sum + blocks * BLOCK_BYTES, 0);
};

/** The images that are whole, newest first; what is being built is none. `usedBy` is left to who knows the VMs. */
export const listImages = async (imagesDirectory: string): Promise<readonly Omit<ImageFacts, 'usedBy'>[]> => {
  const names = await readdir(imagesDirectory).catch(() => []);
  const found = await Promise.all(
    names.map(async (key) => {
      const directory = path.join(imagesDirectory, key);
      const root = await stat(path.join(directory, 'root.img')).catch(() => null);
      if (root === null || key.startsWith('.')) return null;
      const packages = (await readText(path.join(directory, 'packages'))).split('\n').filter((name) => name !== '');
      return {
        key,
        packages,
        kernel: (await readText(path.join(directory, 'kernel-version'))).trim(),
        sizeBytes: await sizeOf(directory).catch(() => 0),
        createdAt: root.mtime,
      };
    }),
  );
  return found.filter((image) => image !== null).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
};
