import { Time } from '@/components/ui/time';

interface NextRunsProps {
  readonly runs: readonly { readonly name: string; readonly start: string; readonly end: string }[];
}

/** When the entries of a calendar are in force next. */
export const NextRuns = ({ runs }: NextRunsProps) => (
  <section aria-label="Next runs">
    <h3 className="mb-1 font-medium text-fg text-xs">Next runs</h3>
    <ol className="flex flex-col divide-y text-xs">
      {runs.map(({ name, start, end }) => (
        <li key={`${name} ${start}`} className="flex flex-wrap justify-between gap-x-4 py-1.5">
          <span className="text-fg">{name}</span>
          <span className="text-fg-2">
            <Time at={start} format="full" /> – <Time at={end} format="full" />
          </span>
        </li>
      ))}
    </ol>
  </section>
);
