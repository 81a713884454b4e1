import type { CostsView } from '@/lib/domain/contract';

/** As many as can be told apart by colour; the rest is drawn as one. */
export const GROUPS_DRAWN = 7;

export interface Bar {
  readonly key: string;
  readonly label: string;
  /** 1–8, as the theme has them. */
  readonly colour: number;
}

export interface BarRow {
  readonly day: string;
  readonly [bar: string]: number | string;
}

/** What a chart draws of a month: the dearest groups, and all others as one. Numbers are for lengths of bars only. */
export const barsOf = (
  view: Pick<CostsView, 'groups' | 'days'>,
): { readonly bars: readonly Bar[]; readonly rows: readonly BarRow[] } => {
  const drawn = view.groups.slice(0, GROUPS_DRAWN);
  const rest = view.groups.slice(GROUPS_DRAWN);
  const bars: Bar[] = drawn.map(({ label }, i) => ({ key: `g${i}`, label, colour: i + 1 }));
  if (rest.length > 0) bars.push({ key: 'rest', label: `${rest.length} others`, colour: GROUPS_DRAWN + 1 });
  const rows = view.days.map((day, d): BarRow => {
    const own = drawn.map((group, i) => [`g${i}`, Number(group.perDay[d] ?? 0)] as const);
    const others = rest.reduce((sum, group) => sum + Number(group.perDay[d] ?? 0), 0);
    return { ...Object.fromEntries(own), ...(rest.length > 0 ? { rest: others } : {}), day };
  });
  return { bars, rows };
};
