'use client';

import { useMemo } from 'react';
import type { Series } from '@/components/charts/chart-model';
import { SeriesChart } from '@/components/charts/series-chart';
import { chartKindOf } from '@/components/policies/metric-kind';
import type { RecommendationView } from '@/lib/domain/contract';

const scaled = (values: readonly (number | null)[], factor: number): readonly (number | null)[] =>
  values.map((value) => (value === null ? null : value * factor));

/** What was measured before a policy asked, with the limit that it passed. */
export const EvidenceChart = ({ evidence }: { readonly evidence: NonNullable<RecommendationView['evidence']> }) => {
  const kind = chartKindOf(evidence.metric);
  const series = useMemo((): readonly Series[] => {
    const { values, limit } = evidence;
    const measured = {
      key: 'measured',
      label: kind.unit === '' ? kind.title : `${kind.title}, ${kind.unit}`,
      colour: 1,
      isDashed: false,
      values: scaled(values, kind.factor),
    };
    if (limit === null) return [measured];
    const line = values.map(() => limit * kind.factor);
    return [measured, { key: 'limit', label: 'limit', colour: 8, isDashed: true, values: line }];
  }, [evidence, kind]);
  if (evidence.times.length < 2) return <p className="text-fg-3 text-sm">Too little was measured to draw it.</p>;
  return (
    <SeriesChart label={`${kind.title} before this was asked`} kind={kind} times={evidence.times} series={series} />
  );
};
