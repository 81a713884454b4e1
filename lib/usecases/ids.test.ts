import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json';
import { idFrom, newId, vmIdOf } from './ids';

describe('ids', () => {
  it('are 12 characters that are safe as file names', () => {
    for (const id of [newId(), vmIdOf('abc', 1), idFrom('x')]) expect(id).toMatch(/^[a-z2-7]{12}$/);
  });

  it('made from the same parts are the same, from others others', () => {
    expect(vmIdOf('abc', 1)).toBe(vmIdOf('abc', 1));
    const many = new Set(Array.from({ length: 1_000 }, (_, i) => vmIdOf('abc', i)));
    expect(many.size).toBe(1_000);
    expect(idFrom('a', 'bc')).not.toBe(idFrom('ab', 'c'));
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe(canonicalJson({ b: [{ c: 2, d: 1 }] }));
  });
});
