import { describe, expect, it } from 'vitest';
import { type PaletteEntry, rankEntries } from './rank-entries';

const entry = (kind: PaletteEntry['kind'], label: string, ...keywords: string[]): PaletteEntry => ({
  kind,
  label,
  href: `/${label}`,
  keywords,
  note: null,
});

const ENTRIES = [
  entry('page', 'Settings', 'people', 'tokens'),
  entry('page', 'Create a cluster', 'new'),
  entry('cluster', 'ledger', '10.77.255.2'),
  entry('cluster', 'eu-ledger'),
  entry('cluster', 'sled'),
  entry('host', 'paris-1'),
];

const labels = (text: string): readonly string[] => rankEntries(ENTRIES, text).map(({ label }) => label);

describe('a search in the palette', () => {
  it('puts names that begin with it first, then words, then parts', () => {
    expect(labels('le')).toEqual(['ledger', 'eu-ledger', 'sled']);
  });

  it('finds things by other words for them', () => {
    expect(labels('Peop')).toEqual(['Settings']);
    expect(labels('10.77.255.2')).toEqual(['ledger']);
  });

  it('shows everything while it is empty and nothing when nothing answers', () => {
    expect(labels(' ')).toHaveLength(ENTRIES.length);
    expect(labels('zebra')).toEqual([]);
  });
});
