import { describe, expect, it } from 'vitest';
import { parseAptSources, renderReleaseSources } from './apt-sources';

const DEB822 = `Types: deb deb-src
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://other.example/apt
Suites: nodistro
Components: main

Enabled: no
Types: deb
URIs: http://mirror.example/backports
Suites: bookworm-backports
Components: main

Types: deb-src
URIs: http://mirror.example/debian
Suites: bookworm
Components: main
`;

describe('package sources of a guest image', () => {
  it('are those of the machine’s own release, with their key, out of deb822', () => {
    expect(renderReleaseSources(parseAptSources(DEB822, 'deb822'), 'bookworm')).toBe(
      'deb [signed-by=/usr/share/keyrings/archive.gpg] http://mirror.example/debian bookworm main contrib\n' +
        'deb [signed-by=/usr/share/keyrings/archive.gpg] http://mirror.example/debian bookworm-updates main contrib\n',
    );
  });

  it('are read from one-line lists, without comments, source packages and other vendors', () => {
    const list = `# deb http://mirror.example/ubuntu noble main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/ubuntu noble main universe # all
deb-src http://mirror.example/ubuntu noble main
deb http://mirror.example/ubuntu noble-security main
deb http://vendor.example stable main
`;
    expect(renderReleaseSources(parseAptSources(list, 'list'), 'noble')).toBe(
      'deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/ubuntu noble main universe\n' +
        'deb http://mirror.example/ubuntu noble-security main\n',
    );
  });

  it('name a source once, however often the machine does', () => {
    const line = 'deb http://mirror.example/debian bookworm main\n';
    expect(renderReleaseSources(parseAptSources(line + line, 'list'), 'bookworm')).toBe(line);
  });
});
