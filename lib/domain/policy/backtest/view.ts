import type { BacktestView } from '../../contract/policy';
import type { BacktestResult } from './backtest';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A result as the API and the command line give it. */
export const toBacktestView = (result: BacktestResult): BacktestView => {
  const { fromMs, toMs, actions, series, holds, ...rest } = result;
  return {
    ...rest,
    from: iso(fromMs),
    to: iso(toMs),
    actions: actions.map(({ atMs, ...action }) => ({ at: iso(atMs), ...action })),
    holds: { ...holds },
    series: {
      times: [...series.times],
      trace: [...series.trace],
      value: [...series.value],
      nodes: [...series.nodes],
      vcpus: [...series.vcpus],
      memoryMiB: [...series.memoryMiB],
      provisioned: [...series.provisioned],
      needed: [...series.needed],
    },
  };
};
