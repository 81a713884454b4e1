/**
 * Chance without a state: a number is a function of the seed and of what it is for, so that a figure asked for twice,
 * or in another order, or after a restart, is the same.
 */

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over the parts, finished with MurmurHash3's mixer, which spreads inputs that differ in one digit only. */
export const hash32 = (seed: number, ...parts: readonly (string | number)[]): number => {
  let h = (FNV_OFFSET ^ seed) >>> 0;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), FNV_PRIME);
    h = Math.imul(h ^ 0x1f, FNV_PRIME);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
};

/** Uniform in [0, 1). */
export const unit = (seed: number, ...parts: readonly (string | number)[]): number =>
  hash32(seed, ...parts) / 0x1_0000_0000;

/** Hexadecimal digits, eight for each 32 bits. */
export const hexDigits = (count: number, seed: number, ...parts: readonly (string | number)[]): string => {
  let digits = '';
  for (let i = 0; digits.length < count; i++)
    digits += hash32(seed, ...parts, i)
      .toString(16)
      .padStart(8, '0');
  return digits.slice(0, count);
};
