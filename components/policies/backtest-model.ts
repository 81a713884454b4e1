import { type Mark, placeMarks, type Series } from '@/components/charts/chart-model';
import type { BacktestView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';

export interface Replayed {
  readonly name: string;
  readonly view: BacktestView;
}

const SOLID = { isDashed: false } as const;

/** The metric as each policy would have seen it; of the first also as it was. */
export const valueSeries = (replayed: readonly Replayed[], factor: number): readonly Series[] => {
  const scaled = (values: readonly (number | null)[]) => values.map((v) => (v === null ? null : v * factor));
  const [first] = replayed;
  return [
    ...(first === undefined
      ? []
      : [{ key: 'trace', label: 'as measured', colour: 8, isDashed: true, values: scaled(first.view.series.trace) }]),
    ...replayed.map(({ name, view }, i) => ({
      key: `value ${name}`,
      label: `with ${name}`,
      colour: i + 1,
      ...SOLID,
      values: scaled(view.series.value),
    })),
  ];
};

/** What each policy would have provisioned against what was needed; nodes where the need is not known. */
export const sizeSeries = (replayed: readonly Replayed[]): readonly Series[] => {
  const [first] = replayed;
  const needed = first?.view.series.needed ?? [];
  const isNeedKnown = needed.some((value) => value !== null);
  return [
    ...(isNeedKnown ? [{ key: 'needed', label: 'needed', colour: 8, isDashed: true, values: needed }] : []),
    ...replayed.map(({ name, view }, i) => ({
      key: `size ${name}`,
      label: name,
      colour: i + 1,
      ...SOLID,
      values: isNeedKnown ? view.series.provisioned : view.series.nodes,
    })),
  ];
};

/** Moments at which the first policy would have changed the size. */
export const actionMarks = (view: BacktestView): readonly Mark[] => {
  const marks = view.actions.map(({ at, from, to }, i) => ({
    at,
    kind: 'decision' as const,
    id: String(i),
    label: describeSizeChange(from, to),
  }));
  return placeMarks({ marks }, Date.parse(view.from), Date.parse(view.to));
};

const rounded = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

/** Figures of a replay, as rows of a table. */
export const figuresOf = ({ actions, reversals, summary }: BacktestView): readonly (readonly [string, string])[] => [
  ['Changes', String(actions.length)],
  ['Changes of direction', String(reversals)],
  ['Minutes too small', rounded(summary.minutesUnder)],
  ['Minutes too large', rounded(summary.minutesOver)],
  ['Minutes without data', rounded(summary.minutesWithoutData)],
  [`Provisioned, ${summary.unit ?? 'unit'} hours`, rounded(summary.provisionedUnitHours)],
  [`Needed, ${summary.unit ?? 'unit'} hours`, rounded(summary.neededUnitHours)],
  ['Node hours', rounded(summary.nodeHours)],
  ...(summary.cost === null ? [] : [[`Cost, ${summary.currency ?? ''}`, summary.cost] as const]),
];
