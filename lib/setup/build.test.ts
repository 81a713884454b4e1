import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashInputs } from './build';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'headroom-build-'));
  await mkdir(join(root, 'lib', 'a'), { recursive: true });
  await writeFile(join(root, 'lib', 'a', 'b.ts'), 'one');
  await writeFile(join(root, 'package-lock.json'), '{}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the hash of what the console is built from', () => {
  it('stays when nothing changed', async () => {
    expect(await hashInputs(root)).toBe(await hashInputs(root));
  });

  it.each([
    ['a source file', 'lib/a/b.ts'],
    ['a new source file', 'lib/a/c.ts'],
    ['the lockfile', 'package-lock.json'],
    ["Next's settings", 'next.config.js'],
  ])('changes with %s', async (_, path) => {
    const before = await hashInputs(root);
    await writeFile(join(root, path), 'two');
    expect(await hashInputs(root)).not.toBe(before);
  });

  it('stays when a test or a document changes', async () => {
    const before = await hashInputs(root);
    await writeFile(join(root, 'lib/a/b.test.ts'), 'x');
    await writeFile(join(root, 'lib/README.md'), 'x');
    expect(await hashInputs(root)).toBe(before);
  });
});
