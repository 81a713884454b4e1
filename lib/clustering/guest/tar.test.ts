import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packTar } from './tar';

describe('an archive for the guest', () => {
  it('comes out of tar as it went in, whatever its length, letters and depth, and also as text', () => {
    const files = [
      { path: '/etc/headroom/empty', content: '', mode: '0600' },
      { path: '/opt/a/full-block', content: 'x'.repeat(512), mode: '0644' },
      { path: '/opt/a/odd', content: 'größer 🙂\n', mode: '0755' },
      { path: `/opt/${'deep/'.repeat(25)}file`, content: 'y', mode: '0640' },
    ];
    const directory = mkdtempSync(path.join(tmpdir(), 'tar-'));
    try {
      const text = packTar(files).toString('utf8');
      execFileSync('tar', ['-xpf', '-', '-C', directory, '--no-same-owner'], { input: Buffer.from(text) });
      for (const file of files) {
        const to = path.join(directory, file.path);
        expect(readFileSync(to, 'utf8')).toBe(file.content);
        expect(statSync(to).mode & 0o777).toBe(Number.parseInt(file.mode, 8));
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('refuses a path that the format has no room for', () => {
    expect(() => packTar([{ path: `/${'x'.repeat(120)}`, content: '', mode: '0644' }])).toThrow(/too long/);
  });
});
