import { type FileHandle, open } from 'node:fs/promises';

/** What is kept of what a guest printed. */
export const CONSOLE_LOG_BYTES_KEPT = 256 * 1024;
/** A longer log is cut: a guest that prints without end must not fill the host's disk. */
export const CONSOLE_LOG_BYTES_MAX = 4 * CONSOLE_LOG_BYTES_KEPT;

const readTail = async (file: FileHandle): Promise<Buffer> => {
  const { size } = await file.stat();
  const start = Math.max(0, size - CONSOLE_LOG_BYTES_KEPT);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.subarray(0, bytesRead);
};

/** The last that a guest printed; empty when it never printed. */
export const readConsoleLog = async (path: string): Promise<string> => {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return '';
  try {
    return (await readTail(file)).toString('utf8');
  } finally {
    await file.close();
  }
};

/**
 * Cuts a log that has become too long to its last part, in place: QEMU holds the file open and appends to it. What it
 * prints during the cut may be lost. Fine when there is no such file. Resolves with whether it was cut.
 */
export const boundConsoleLog = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r+').catch(() => null);
  if (file === null) return false;
  try {
    if ((await file.stat()).size <= CONSOLE_LOG_BYTES_MAX) return false;
    const tail = await readTail(file);
    await file.truncate(0);
    await file.write(tail, 0, tail.length, 0);
    return true;
  } finally {
    await file.close();
  }
};
