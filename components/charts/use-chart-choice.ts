'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { type ChartChoice, chartParams, parseChartChoice } from './ranges';

/**
 * What charts show. It begins as the address says and is written there, so that a link shows somebody else the same stretch
 * of time; the server is asked nothing.
 */
export const useChartChoice = () => {
  const path = usePathname();
  const params = useSearchParams();
  const [choice, setChoice] = useState(() => parseChartChoice(params));
  const change = (part: Partial<ChartChoice>): void => {
    const next = { ...choice, ...part };
    setChoice(next);
    const search = new URLSearchParams(chartParams(next)).toString();
    window.history.replaceState(null, '', search === '' ? path : `${path}?${search}`);
  };
  return { ...choice, change };
};
