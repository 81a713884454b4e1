import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mac, open, seal } from './seal';
import { ensureSecretsKey } from './secrets-key';

const newKey = () => randomBytes(32).toString('base64url');

beforeEach(() => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', newKey());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a sealed secret', () => {
  it('opens for its purpose, and is another text every time', () => {
    const [a, b] = [seal('hunter2', 'smtp'), seal('hunter2', 'smtp')];
    expect(open(a, 'smtp')).toBe('hunter2');
    expect(a).not.toBe(b);
    expect(a).not.toContain('hunter2');
  });

  it('opens for no other purpose, under no other key, and not when it was changed', () => {
    const sealed = seal('hunter2', 'smtp');
    expect(() => open(sealed, 'oidc')).toThrow('does not open');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    bytes[14] = (bytes[14] ?? 0) ^ 1;
    expect(() => open(`v1.${bytes.toString('base64url')}`, 'smtp')).toThrow('does not open');
    expect(() => open('v1.', 'smtp')).toThrow('does not open');
    vi.stubEnv('HEADROOM_SECRETS_KEY', newKey());
    expect(() => open(sealed, 'smtp')).toThrow('does not open');
  });

  it('is not made without a key', () => {
    vi.stubEnv('HEADROOM_SECRETS_KEY', '');
    expect(() => seal('x', 'smtp')).toThrow('without the key');
  });

  it('is recognised by its keyed hash, for its purpose', () => {
    expect(mac('code', 'user/a')).toBe(mac('code', 'user/a'));
    expect(mac('code', 'user/a')).not.toBe(mac('code', 'user/b'));
  });
});

describe('the key', () => {
  it('is made once per state directory, for its owner only', async () => {
    const home = await mkdtemp(join(tmpdir(), 'headroom-key-'));
    try {
      const key = await ensureSecretsKey(home);
      expect(Buffer.from(key, 'base64url')).toHaveLength(32);
      expect(await ensureSecretsKey(home)).toBe(key);
      expect((await stat(join(home, 'secrets-key'))).mode & 0o777).toBe(0o600);
      expect((await readFile(join(home, 'secrets-key'), 'utf8')).trim()).toBe(key);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
