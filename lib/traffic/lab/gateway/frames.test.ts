import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_FRAME, FrameReader, frameHeader } from './frames';

describe('frames', () => {
  it('give back the bytes, however the stream is cut, and tell its end', () => {
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        pieces,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.boolean(),
        (list, cuts, ends) => {
          const framed = list.flatMap((piece) => [frameHeader(piece.length), Buffer.from(piece)]);
          const stream = Buffer.concat(ends ? [...framed, END_FRAME] : framed);
          const reader = new FrameReader();
          const read: Buffer[] = [];
          for (let at = 0, i = 0; at < stream.length; i++) {
            const length = cuts[i % cuts.length] ?? 1;
            read.push(...reader.push(stream.subarray(at, at + length)));
            at += length;
          }
          expect(Buffer.concat(read)).toEqual(Buffer.concat(list));
          expect(reader.ended).toBe(ends);
        },
      ),
    );
  });
});
