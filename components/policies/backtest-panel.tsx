'use client';

import { useMemo, useState, useTransition } from 'react';
import { SeriesChart } from '@/components/charts/series-chart';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { BacktestInput, PolicyView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import { actionMarks, figuresOf, type Replayed, sizeSeries, valueSeries } from './backtest-model';
import { ChoiceField, NumberField } from './fields';
import { chartKindOf, replayedMetric } from './metric-kind';
import type { Replay } from './policy-actions';

const HOUR_MS = 3_600_000;
const WINDOWS = [
  { value: '1', label: 'Last hour' },
  { value: '6', label: 'Last 6 hours' },
  { value: '24', label: 'Last day' },
  { value: '168', label: 'Last week' },
  { value: '336', label: 'Last two weeks' },
] as const;
const NONE = 'none';
/** What a server action takes, less what comes around it. */
const CSV_BYTES_MAX = 900_000;
const ACTIONS_SHOWN = 50;
const COUNT_KIND = { unit: '', leastMax: 2, mostMax: Number.POSITIVE_INFINITY } as const;

const Figures = ({ replayed }: { readonly replayed: readonly Replayed[] }) => {
  const [first] = replayed;
  if (first === undefined) return null;
  return (
    <Table label="Figures">
      <TableHead>
        <TableHeader>Figure</TableHeader>
        {replayed.map(({ name }) => (
          <TableHeader key={name} numeric>
            {name}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {figuresOf(first.view).map(([figure], row) => (
          <TableRow key={figure}>
            <TableCell>{figure}</TableCell>
            {replayed.map(({ name, view }) => (
              <TableCell key={name} numeric>
                {figuresOf(view)[row]?.[1] ?? '–'}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
};

const Changes = ({ name, view }: Replayed) => (
  <details>
    <summary className="cursor-pointer rounded-sm text-fg-2 text-sm hover:text-fg">
      {view.actions.length === 1 ? '1 change' : `${view.actions.length} changes`} of {name}
    </summary>
    <ol className="mt-1 flex flex-col divide-y text-xs">
      {view.actions.slice(0, ACTIONS_SHOWN).map(({ at, from, to, reason }) => (
        <li key={at} className="flex flex-wrap gap-x-3 py-1.5">
          <Time at={at} format="full" />
          <span className="font-medium text-fg">{describeSizeChange(from, to)}</span>
          <span className="text-fg-2">{reason}</span>
        </li>
      ))}
    </ol>
    {view.actions.length > ACTIONS_SHOWN && (
      <p className="text-fg-3 text-xs">The first {ACTIONS_SHOWN} are shown; the command line gives all.</p>
    )}
  </details>
);

const Results = ({ replayed, policy }: { readonly replayed: readonly Replayed[]; readonly policy: PolicyView }) => {
  const kind = chartKindOf(replayedMetric(policy.rule));
  const values = useMemo(() => valueSeries(replayed, kind.factor), [replayed, kind]);
  const sizes = useMemo(() => sizeSeries(replayed), [replayed]);
  const [first] = replayed;
  const marks = useMemo(() => (first === undefined ? [] : actionMarks(first.view)), [first]);
  if (first === undefined) return null;
  const { times } = first.view.series;
  const unit = first.view.summary.unit;
  return (
    <div className="flex flex-col gap-5">
      <SeriesChart label={`${kind.title} of the replay`} kind={kind} times={times} series={values} marks={marks} />
      <SeriesChart
        label={unit === null ? 'Nodes' : `Provisioned against needed, ${unit}`}
        kind={COUNT_KIND}
        times={times}
        series={sizes}
      />
      <Figures replayed={replayed} />
      {replayed.map((one) => (
        <Changes key={one.name} {...one} />
      ))}
    </div>
  );
};

interface BacktestPanelProps {
  readonly policy: PolicyView;
  readonly others: readonly PolicyView[];
  readonly replay: Replay;
}

/** Replays the policy over what was measured or a file, alone or beside another. */
export const BacktestPanel = ({ policy, others, replay }: BacktestPanelProps) => {
  const [hours, setHours] = useState<(typeof WINDOWS)[number]['value']>('6');
  const [against, setAgainst] = useState(NONE);
  const [capacity, setCapacity] = useState(Number.NaN);
  const [csv, setCsv] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [replayed, setReplayed] = useState<readonly Replayed[]>([]);
  const [isPending, startTransition] = useTransition();

  const readFile = async (file: File | undefined): Promise<void> => {
    setError(null);
    if (file === undefined) return setCsv(null);
    if (file.size <= CSV_BYTES_MAX) return setCsv(await file.text());
    setCsv(null);
    setError('This file is too large for the browser: `npx headroom policy backtest --file` takes any size.');
  };

  const run = async (): Promise<void> => {
    setError(null);
    const to = new Date();
    const input: BacktestInput = {
      ...(csv === null
        ? { from: new Date(to.getTime() - Number(hours) * HOUR_MS).toISOString(), to: to.toISOString() }
        : { csv }),
      ...(Number.isNaN(capacity) ? {} : { capacityPerNode: capacity }),
    };
    const other = others.find(({ id }) => id === against);
    const found: Replayed[] = [];
    for (const { name, rule, bounds } of [policy, ...(other === undefined ? [] : [other])]) {
      const answer = await replay({ policy: policy.id, input: { ...input, rule, bounds } });
      if (!answer.ok) {
        setReplayed([]);
        setError(answer.error.message);
        return;
      }
      found.push({ name, view: answer.value });
    }
    setReplayed(found);
  };

  return (
    <Panel title="Backtest" description="What it would have done; nothing is changed">
      <div className="flex flex-col gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
          <ChoiceField label="Measured" value={hours} onChange={setHours} options={WINDOWS} disabled={csv !== null} />
          <Field label="Or a file" optional hint="CSV of time and value, one point a line.">
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".csv,text/csv,text/plain"
                className="w-full text-fg-2 text-xs file:mr-2 file:h-8 file:rounded-md file:border file:bg-surface file:px-3 file:text-fg"
                onChange={(event) => void readFile(event.target.files?.[0])}
              />
            )}
          </Field>
          <ChoiceField
            label="Beside"
            value={against}
            onChange={setAgainst}
            options={[{ value: NONE, label: 'Nothing' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <NumberField
            label="Demand that a node bears"
            optional
            min={0}
            step="any"
            value={capacity}
            onChange={setCapacity}
            hint="Then the values are the demand on the whole cluster."
          />
        </div>
        <Button className="self-start" variant="primary" pending={isPending} onClick={() => startTransition(run)}>
          Replay
        </Button>
        {error !== null && (
          <Callout tone="bad" role="alert">
            {error}
          </Callout>
        )}
        <div aria-live="polite">
          <Results replayed={replayed} policy={policy} />
        </div>
      </div>
    </Panel>
  );
};
