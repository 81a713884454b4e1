import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listImages } from './list';

it('lists the images that are whole, with what they are made of and what they take', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-images-'));
  try {
    for (const name of ['abc123', '.building-def456', 'golden-0a1b', 'broken']) await mkdir(join(directory, name));
    for (const name of ['abc123', '.building-def456'])
      await writeFile(join(directory, name, 'root.img'), 'x'.repeat(9000));
    await writeFile(join(directory, 'abc123', 'packages'), 'haproxy\nkeepalived\n');
    await writeFile(join(directory, 'abc123', 'kernel-version'), '6.1.0-cloud\n');
    const [image, ...others] = await listImages(directory);
    expect(others).toEqual([]);
    expect(image).toMatchObject({ key: 'abc123', packages: ['haproxy', 'keepalived'], kernel: '6.1.0-cloud' });
    expect(image?.sizeBytes).toBeGreaterThanOrEqual(9000);
    expect(await listImages(join(directory, 'nowhere'))).toEqual([]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
