import { copyFile, readFile, stat, truncate } from 'node:fs/promises';

const SIZE_BYTES_MAX = 20 * 1024 * 1024;

/**
 * Keeps a log file below 20 MiB: its content goes to `<path>.1`, replacing what was there. The writer has it open for
 * appending and goes on at the new end; what it writes between the copy and the cut is lost.
 */
export const rotateLog = async (path: string): Promise<void> => {
  const size = await stat(path).then(
    (s) => s.size,
    () => 0,
  );
  if (size <= SIZE_BYTES_MAX) return;
  await copyFile(path, `${path}.1`);
  await truncate(path);
};

/** The last lines of a log file, to say why its writer ended. Empty when there is none. */
export const lastLines = async (path: string, lines: number): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
};
