import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path';

describe('the path one goes to after sign-in', () => {
  it('keeps pages of this site with their query', () => {
    expect(safePath('/clusters/shop?tab=nodes')).toBe('/clusters/shop?tab=nodes');
  });

  it.each([
    'https://evil.example/x',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    undefined,
  ])('is the overview for %s', (text) => {
    expect(safePath(text)).toBe('/');
  });

  it('never leads back to the sign-in page', () => {
    expect(safePath('/signin?callbackUrl=/signin')).toBe('/');
  });
});
