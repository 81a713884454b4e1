'use client';

import { Field } from '@/components/ui/field';
import { Input, NumberInput } from '@/components/ui/input';
import { Select, type SelectOption } from '@/components/ui/select';
import { NODES_MAX } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import type { PolicyDraft, SizeDraft } from './draft';

/** What is wrong with a field, by its path in the policy: `rule.up.above`. */
export type ErrorOf = (path: string) => string | undefined;

/** What every part of the editor is given. */
export interface PartProps {
  readonly draft: PolicyDraft;
  readonly change: (part: Partial<PolicyDraft>) => void;
  readonly errorOf: ErrorOf;
}

interface NumberFieldProps {
  readonly label: string;
  /** NaN while it is empty. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
}

export const NumberField = ({ label, value, onChange, hint, error, optional, ...input }: NumberFieldProps) => (
  <Field label={label} error={error} optional={optional ?? false} {...(hint === undefined ? {} : { hint })}>
    {(control) => (
      <NumberInput
        {...control}
        {...input}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    )}
  </Field>
);

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'date' | 'time' | 'url';
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly list?: string;
}

export const TextField = ({ label, value, onChange, type = 'text', hint, error, list }: TextFieldProps) => (
  <Field label={label} error={error} {...(hint === undefined ? {} : { hint })}>
    {(control) => (
      <Input
        {...control}
        type={type}
        value={value}
        list={list}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

interface ChoiceFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
}

export const ChoiceField = <V extends string>({
  label,
  value,
  onChange,
  options,
  hint,
  error,
  disabled,
}: ChoiceFieldProps<V>) => (
  <Field label={label} error={error} {...(hint === undefined ? {} : { hint })}>
    {(control) => (
      <Select {...control} value={value} onValueChange={onChange} options={options} disabled={disabled ?? false} />
    )}
  </Field>
);

interface SizeFieldsProps {
  readonly legend: string;
  readonly value: SizeDraft;
  readonly onChange: (value: SizeDraft) => void;
  readonly path: string;
  readonly errorOf: ErrorOf;
}

/** Nodes, vCPUs and memory; what is left empty stays as it is. */
export const SizeFields = ({ legend, value, onChange, path, errorOf }: SizeFieldsProps) => (
  <fieldset className="flex min-w-0 flex-col gap-1.5">
    <legend className="mb-1.5 font-medium text-fg text-xs">{legend}</legend>
    <div className="grid gap-3 sm:grid-cols-3">
      <NumberField
        label="Nodes"
        value={value.nodes}
        onChange={(nodes) => onChange({ ...value, nodes })}
        min={1}
        max={NODES_MAX}
        error={errorOf(`${path}.nodes`) ?? errorOf(path)}
      />
      <NumberField
        label="vCPU of a node"
        optional
        value={value.vcpus}
        onChange={(vcpus) => onChange({ ...value, vcpus })}
        min={SHAPE_LIMITS.vcpusMin}
        max={SHAPE_LIMITS.vcpusMax}
        error={errorOf(`${path}.vcpus`)}
      />
      <NumberField
        label="Memory of a node"
        optional
        unit="MiB"
        value={value.memoryMiB}
        onChange={(memoryMiB) => onChange({ ...value, memoryMiB })}
        min={SHAPE_LIMITS.memoryMiBStep}
        max={SHAPE_LIMITS.memoryMiBMax}
        step={SHAPE_LIMITS.memoryMiBStep}
        error={errorOf(`${path}.memoryMiB`)}
      />
    </div>
  </fieldset>
);

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A word that is chosen or not: a day, a month. */
export const Toggle = ({ label, isOn, onChange }: ToggleProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={() => onChange(!isOn)}
    className="h-7 min-w-10 rounded-md border bg-surface px-2 text-fg-2 text-xs hover:bg-subtle aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text pointer-coarse:h-10"
  >
    {label}
  </button>
);
