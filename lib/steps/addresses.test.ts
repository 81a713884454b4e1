import { expect, it } from 'vitest';
import { nextAddress } from './addresses';

it('gives addresses one after another, across the third byte and from the last to the first', () => {
  expect(nextAddress(new Set(), null)).toBe('10.77.0.1');
  expect(nextAddress(new Set(), '10.77.0.1')).toBe('10.77.0.2');
  expect(nextAddress(new Set(), '10.77.0.254')).toBe('10.77.1.1');
  expect(nextAddress(new Set(), '10.77.253.254')).toBe('10.77.0.1');
});

it('does not give again what was given up just now, and passes over what is taken', () => {
  expect(nextAddress(new Set(['10.77.0.3']), '10.77.0.2')).toBe('10.77.0.4');
});

it('finds the last one that is free, and says when there is none', () => {
  const all = new Set<string>();
  for (let third = 0; third < 254; third++)
    for (let fourth = 1; fourth < 255; fourth++) all.add(`10.77.${third}.${fourth}`);
  expect(nextAddress(all, '10.77.9.9')).toBeNull();
  all.delete('10.77.9.9');
  expect(nextAddress(all, '10.77.9.9')).toBe('10.77.9.9');
});
