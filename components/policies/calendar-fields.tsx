'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { Segmented } from '@/components/ui/segmented';
import { WEEKDAYS } from '@/lib/domain/policy/words';
import { type EntryDraft, newEntry } from './draft';
import { type ErrorOf, NumberField, type PartProps, SizeFields, TextField, Toggle } from './fields';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WHEN = [
  { value: 'weekly', label: 'Weekly hours' },
  { value: 'months', label: 'Months' },
  { value: 'dates', label: 'Dates' },
] as const;

const toggled = <T,>(all: readonly T[], one: T, isOn: boolean): readonly T[] =>
  isOn ? [...all, one] : all.filter((other) => other !== one);

interface EntryProps {
  readonly entry: EntryDraft;
  readonly onChange: (part: Partial<EntryDraft>) => void;
  readonly path: string;
  readonly errorOf: ErrorOf;
}

const WhenFields = ({ entry, onChange, path, errorOf }: EntryProps) => {
  const yearlyId = useId();
  const daysError = errorOf(`${path}.when.days`) ?? errorOf(`${path}.when.months`);
  return (
    <>
      {entry.when === 'weekly' && (
        <>
          <fieldset className="flex flex-wrap gap-1">
            <legend className="mb-1.5 font-medium text-fg text-xs">Days</legend>
            {WEEKDAYS.map((day, i) => (
              <Toggle
                key={day}
                label={DAYS[i] ?? day}
                isOn={entry.days.includes(day)}
                onChange={(isOn) => onChange({ days: toggled(entry.days, day, isOn) })}
              />
            ))}
          </fieldset>
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label="From"
              type="time"
              value={entry.fromTime}
              onChange={(fromTime) => onChange({ fromTime })}
              error={errorOf(`${path}.when.from`)}
            />
            <TextField
              label="To"
              type="time"
              value={entry.toTime}
              onChange={(toTime) => onChange({ toTime })}
              hint="Not after the start: the next day."
              error={errorOf(`${path}.when.to`)}
            />
          </div>
        </>
      )}
      {entry.when === 'months' && (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="mb-1.5 font-medium text-fg text-xs">Months</legend>
          {MONTHS.map((label, i) => (
            <Toggle
              key={label}
              label={label}
              isOn={entry.months.includes(i + 1)}
              onChange={(isOn) => onChange({ months: toggled(entry.months, i + 1, isOn) })}
            />
          ))}
        </fieldset>
      )}
      {entry.when === 'dates' && (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label="First day"
              type="date"
              value={entry.fromDate}
              onChange={(fromDate) => onChange({ fromDate })}
              error={errorOf(`${path}.when.from`)}
            />
            <TextField
              label="Last day"
              type="date"
              value={entry.toDate}
              onChange={(toDate) => onChange({ toDate })}
              error={errorOf(`${path}.when.to`)}
            />
          </div>
          <div className="flex items-center gap-2">
            <Checkbox id={yearlyId} checked={entry.yearly} onCheckedChange={(yearly) => onChange({ yearly })} />
            <Label htmlFor={yearlyId}>Every year</Label>
          </div>
        </>
      )}
      {daysError !== undefined && (
        <p role="alert" className="text-bad text-xs">
          {daysError}
        </p>
      )}
    </>
  );
};

const EntryFields = ({ onRemove, ...props }: EntryProps & { readonly onRemove: (() => void) | null }) => {
  const { entry, onChange, path, errorOf } = props;
  return (
    <li className="flex flex-col gap-3 rounded-md border p-3">
      <div className="grid items-start gap-3 sm:grid-cols-[1fr_8rem_auto]">
        <TextField
          label="Entry"
          value={entry.name}
          onChange={(name) => onChange({ name })}
          error={errorOf(`${path}.name`)}
        />
        <NumberField
          label="Priority"
          min={0}
          max={100}
          value={entry.priority}
          onChange={(priority) => onChange({ priority })}
          error={errorOf(`${path}.priority`)}
        />
        {onRemove !== null && (
          <Button
            variant="ghost"
            size="icon"
            className="sm:mt-5"
            aria-label={`Remove ${entry.name === '' ? 'this entry' : entry.name}`}
            onClick={onRemove}
          >
            <Trash2 aria-hidden />
          </Button>
        )}
      </div>
      <Segmented
        label="When"
        value={entry.when}
        onValueChange={(when) => onChange({ when })}
        options={WHEN}
        className="self-start"
      />
      <WhenFields {...props} />
      <SizeFields
        legend="Size meanwhile"
        value={entry.size}
        onChange={(size) => onChange({ size })}
        path={`${path}.size`}
        errorOf={errorOf}
      />
    </li>
  );
};

/** Entries with their times and sizes, and what the cluster returns to. */
export const CalendarFields = ({ draft, change, errorOf }: PartProps) => {
  const zonesId = useId();
  const [zones, setZones] = useState<readonly string[]>([]);
  // The server's list need not be the browser's.
  useEffect(() => setZones(Intl.supportedValuesOf('timeZone')), []);
  const { entries } = draft;
  const changeEntry = (key: string, part: Partial<EntryDraft>): void =>
    change({ entries: entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)) });
  const nextKey = String(Math.max(0, ...entries.map(({ key }) => Number(key))) + 1);
  return (
    <>
      <datalist id={zonesId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <TextField
        label="Time zone"
        value={draft.zone}
        onChange={(zone) => change({ zone })}
        list={zonesId}
        hint="A time that a clock change skips is the moment of the change; of one that it doubles, a start is the first and an end the second."
        error={errorOf('rule.zone')}
      />
      <ul className="flex flex-col gap-3">
        {entries.map((entry, i) => (
          <EntryFields
            key={entry.key}
            entry={entry}
            path={`rule.entries.${i}`}
            errorOf={errorOf}
            onChange={(part) => changeEntry(entry.key, part)}
            onRemove={
              entries.length > 1 ? () => change({ entries: entries.filter(({ key }) => key !== entry.key) }) : null
            }
          />
        ))}
      </ul>
      <Button className="self-start" onClick={() => change({ entries: [...entries, newEntry(nextKey)] })}>
        <Plus aria-hidden /> Add entry
      </Button>
      <SizeFields
        legend="Base: what the cluster returns to"
        value={draft.base}
        onChange={(base) => change({ base })}
        path="rule.base"
        errorOf={errorOf}
      />
    </>
  );
};
