import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequestLine } from './request-line';

describe('request lines', () => {
  it('reads a proxy’s line: the transfer is not part of the latency', () => {
    expect(parseRequestLine('H1 shop-id 200 10004 10000 --\n')).toEqual({
      clusterId: 'shop-id',
      latencyMs: 4,
      failed: false,
    });
  });

  it.each([
    ['H1 c 503 3 -1 SC', true],
    ['H1 c 500 3 0 --', true],
    ['H1 c 502 3 0 SH', true],
    ['H1 c 200 30 20 SD', true],
    ['H1 c 200 30 20 CD', false],
    ['H1 c -1 30 -1 CR', false],
    ['H1 c -1 30 -1 sQ', true],
    ['H1 c 404 1 0 --', false],
    ['H1 c 403 1 0 PR', false],
    ['H1 c 200 1 0 LR', false],
  ])('%s: failed is %s', (line, failed) => {
    expect(parseRequestLine(line)?.failed).toBe(failed);
  });

  it('takes no other text, however long', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect(parseRequestLine(text)).toBeNull();
      }),
    );
    expect(parseRequestLine(`H1 ${'x'.repeat(300)} 200 1 0 --`)).toBeNull();
    expect(parseRequestLine('H1 c 200 1 0 -- and more')).toBeNull();
  });
});
