import { type FileHandle, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundConsoleLog, CONSOLE_LOG_BYTES_KEPT, CONSOLE_LOG_BYTES_MAX, readConsoleLog } from './console-log';

let directory: string;
let path: string;
/** As QEMU holds it: opened once, appending. */
let guest: FileHandle;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headroom-console-'));
  path = join(directory, 'console.log');
  guest = await open(path, 'a');
});
afterEach(async () => {
  await guest.close();
  await rm(directory, { recursive: true, force: true });
});

describe("the log of a guest's console", () => {
  it('is left alone up to its limit', async () => {
    await guest.write('x'.repeat(CONSOLE_LOG_BYTES_MAX));
    expect(await boundConsoleLog(path)).toBe(false);
    expect((await stat(path)).size).toBe(CONSOLE_LOG_BYTES_MAX);
  });

  it('keeps its end when it is cut, and takes what the guest prints afterwards', async () => {
    await guest.write('x'.repeat(CONSOLE_LOG_BYTES_MAX));
    await guest.write('the end.');
    expect(await boundConsoleLog(path)).toBe(true);
    expect((await stat(path)).size).toBe(CONSOLE_LOG_BYTES_KEPT);
    await guest.write(' And more.');
    expect((await stat(path)).size).toBe(CONSOLE_LOG_BYTES_KEPT + 10);
    expect(await readConsoleLog(path)).toMatch(/^x.*xthe end\. And more\.$/);
    expect(await readConsoleLog(path)).toHaveLength(CONSOLE_LOG_BYTES_KEPT);
  });

  it('is empty where there is none', async () => {
    expect(await boundConsoleLog(join(directory, 'none'))).toBe(false);
    expect(await readConsoleLog(join(directory, 'none'))).toBe('');
  });
});
