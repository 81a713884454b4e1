/** What of the machine's own package sources a guest image is made from. */
export interface AptSource {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Options as one-line sources write them, such as `signed-by=/usr/share/keyrings/x.gpg`. */
  readonly options: readonly string[];
}

/**
 * Reads sources in the format of a file named `.sources` (deb822) or `.list` (one per line); see sources.list(5).
 * A key that is embedded in a deb822 stanza is not supported: such a stanza keeps its other fields.
 */
export const parseAptSources = (text: string, format: 'deb822' | 'list'): readonly AptSource[] =>
  format === 'list' ? text.split('\n').flatMap(parseLine) : text.split(/\n\s*\n/).flatMap(parseStanza);

const words = (text: string | undefined): readonly string[] => (text ?? '').split(/\s+/).filter((w) => w !== '');

const parseLine = (line: string): readonly AptSource[] => {
  const match = /^\s*(deb)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)((?:\s+[^\s#]+)*)/.exec(line);
  if (match === null) return [];
  const [, type = 'deb', options, uri = '', suite = '', components] = match;
  return [{ types: [type], uris: [uri], suites: [suite], components: words(components), options: words(options) }];
};

const parseStanza = (stanza: string): readonly AptSource[] => {
  const fields = new Map<string, string>();
  let last = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
    if (match !== null) {
      last = (match[1] ?? '').toLowerCase();
      fields.set(last, match[2] ?? '');
    } else if (/^\s/.test(line) && last !== '') {
      fields.set(last, `${fields.get(last)} ${line.trim()}`);
    }
  }
  if (fields.get('enabled')?.toLowerCase() === 'no' || !words(fields.get('types')).includes('deb')) return [];
  const signedBy = fields.get('signed-by');
  return [
    {
      types: ['deb'],
      uris: words(fields.get('uris')),
      suites: words(fields.get('suites')),
      components: words(fields.get('components')),
      options: signedBy?.startsWith('/') ? [`signed-by=${signedBy.trim()}`] : [],
    },
  ];
};

/**
 * The one-line sources of a release: those suites only that are the release's own (`bookworm`, `bookworm-updates`),
 * so that sources of other vendors on this machine do not get into guests.
 */
export const renderReleaseSources = (sources: readonly AptSource[], codename: string): string => {
  const lines = sources.flatMap(({ uris, suites, components, options }) =>
    uris.flatMap((uri) =>
      suites
        .filter((suite) => suite === codename || suite.startsWith(`${codename}-`))
        .map((suite) =>
          ['deb', ...(options.length === 0 ? [] : [`[${options.join(' ')}]`]), uri, suite, ...components].join(' '),
        ),
    ),
  );
  return [...new Set(lines)].map((line) => `${line}\n`).join('');
};
