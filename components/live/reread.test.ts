import { describe, expect, it } from 'vitest';
import { createRereader } from './reread';

const start = () => {
  const reads: { readonly key: string; readonly end: () => void; readonly fail: () => void }[] = [];
  const reread = createRereader(
    (key) =>
      new Promise<void>((resolve, reject) => {
        reads.push({ key: key.join(' '), end: resolve, fail: () => reject(new Error('no answer')) });
      }),
  );
  return { reads, reread, keys: () => reads.map(({ key }) => key) };
};

describe('reading again', () => {
  it('lets a read end and then reads once more, however often it became stale meanwhile', async () => {
    const { reads, reread, keys } = start();
    reread(['clusters']);
    reread(['clusters']);
    reread(['clusters']);
    expect(keys()).toEqual(['clusters']);
    reads[0]?.end();
    await expect.poll(() => keys()).toEqual(['clusters', 'clusters']);
  });

  it('does not let one key wait for another', () => {
    const { reread, keys } = start();
    reread(['clusters']);
    reread(['metrics', 'c1']);
    expect(keys()).toEqual(['clusters', 'metrics c1']);
  });

  it('goes on after a read that failed', async () => {
    const { reads, reread, keys } = start();
    reread(['hosts']);
    reread(['hosts']);
    reads[0]?.fail();
    await expect.poll(() => keys()).toHaveLength(2);
  });
});
