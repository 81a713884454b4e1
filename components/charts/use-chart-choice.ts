'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { type ChartChoice, chartParams, parseChartChoice } from './ranges';

/** What charts show, kept in the address: a link shows somebody else the same stretch of time. Asks the server nothing. */
export const useChartChoice = () => {
  const path = usePathname();
  const params = useSearchParams();
  const choice = useMemo(() => parseChartChoice(params), [params]);
  const change = (part: Partial<ChartChoice>): void => {
    const search = new URLSearchParams(chartParams({ ...choice, ...part })).toString();
    window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
  };
  return { ...choice, change };
};
