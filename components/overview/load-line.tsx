import { Sparkline } from './sparkline';

interface LoadLineProps {
  /** The cluster's. */
  readonly name: string;
  /** Requests per second of the last ten minutes, oldest first; null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

/** The load of a cluster as a line, with its newest value. */
export const LoadLine = ({ name, values }: LoadLineProps) => {
  const last = values.findLast((value) => value !== null) ?? null;
  const text = last === null ? 'no data' : `${last < 10 ? last.toFixed(1) : Math.round(last)} req/s`;
  return (
    <span className="flex items-center justify-end gap-2">
      <Sparkline values={values} label={`Requests per second of ${name} in the last ten minutes: now ${text}`} />
      <span className="w-16 text-right text-fg-2 text-xs">{last === null ? '–' : text}</span>
    </span>
  );
};
