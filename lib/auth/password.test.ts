import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password';

describe('passwords', () => {
  it('are recognised by their hash and by nothing else', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(await verifyPassword('correct horse battery', hash)).toBe(true);
    expect(await verifyPassword('correct horse batterz', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('give another hash every time, without the password in it', async () => {
    const [a, b] = await Promise.all([hashPassword('twelve chars'), hashPassword('twelve chars')]);
    expect(a).not.toBe(b);
    expect(a).not.toContain('twelve');
  });

  it('of nobody never match, whatever is typed', async () => {
    expect(await verifyPassword('', null)).toBe(false);
    expect(await verifyPassword('anything', null)).toBe(false);
    expect(await verifyPassword('anything', 'scrypt$garbage')).toBe(false);
  });
});
