import { describe, expect, it } from 'vitest';
import { BUFFER_BYTES_MAX, OutputBuffer } from './output-buffer';

describe('what a console prints', () => {
  it('is taken once, in its order', () => {
    const buffer = new OutputBuffer();
    expect(buffer.take()).toBeNull();
    buffer.add(Buffer.from('one '));
    buffer.add(Buffer.from('two'));
    expect(buffer.take()).toBe('one two');
    expect(buffer.take()).toBeNull();
  });

  it('keeps characters whole that come in halves, and holds no NUL', () => {
    const buffer = new OutputBuffer();
    const euro = Buffer.from('€');
    buffer.add(euro.subarray(0, 2));
    expect(buffer.take()).toBe('');
    buffer.add(Buffer.concat([euro.subarray(2), Buffer.from('\0!')]));
    expect(buffer.take()).toBe('€!');
  });

  it('is left out in its older part when there is too much, and says how much', () => {
    const buffer = new OutputBuffer();
    for (let n = 0; n < 10; n += 1) buffer.add(Buffer.alloc(BUFFER_BYTES_MAX / 4, 0x61 + n));
    const text = buffer.take() ?? '';
    expect(text).toContain(`[… ${(BUFFER_BYTES_MAX / 4) * 6} bytes left out …]`);
    expect(text.endsWith('j')).toBe(true);
    expect(text.includes('ffff')).toBe(false);
    expect(text.length).toBeLessThan(BUFFER_BYTES_MAX + 100);
  });
});
