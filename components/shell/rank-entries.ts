import type { SearchHit } from '@/lib/domain/contract';

/** Something one can go to. */
export interface PaletteEntry {
  readonly kind: 'page' | 'act' | SearchHit['kind'];
  readonly label: string;
  readonly href: string;
  /** Other words one may look for it by. */
  readonly keywords: readonly string[];
  /** Said beside it. */
  readonly note: string | null;
}

/** How well an entry answers a search: the lower the better; null when it does not. */
const rankOf = ({ label, keywords }: PaletteEntry, search: string): number | null => {
  const name = label.toLowerCase();
  if (name === search) return 0;
  if (name.startsWith(search)) return 1;
  if (name.split(/[\s-]/).some((word) => word.startsWith(search))) return 2;
  if (keywords.some((word) => word.toLowerCase().startsWith(search))) return 3;
  return name.includes(search) ? 4 : null;
};

/** Entries that answer the search, best first; among equals the order given. All of them when nothing is searched. */
export const rankEntries = (entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] => {
  const search = text.trim().toLowerCase();
  if (search === '') return entries;
  return entries
    .flatMap((entry) => {
      const rank = rankOf(entry, search);
      return rank === null ? [] : [{ entry, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
};
