'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentedProps<V extends string> {
  readonly value: V;
  readonly onValueChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean }[];
  readonly label: string;
  readonly className?: string;
}

/** One of two to five options, all in sight. */
export const Segmented = <V extends string>({ value, onValueChange, options, label, className }: SegmentedProps<V>) => (
  <ToggleGroup.Root
    type="single"
    aria-label={label}
    value={value}
    onValueChange={(chosen) => {
      const option = options.find((o) => o.value === chosen);
      if (option !== undefined) onValueChange(option.value);
    }}
    className={cn('inline-flex rounded-md border bg-subtle p-0.5', className)}
  >
    {options.map((option) => (
      <ToggleGroup.Item
        key={option.value}
        value={option.value}
        disabled={option.disabled ?? false}
        className="inline-flex h-6 grow items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 font-medium text-fg-2 text-xs hover:text-fg disabled:opacity-50 pointer-coarse:h-9 data-[state=on]:bg-surface data-[state=on]:text-fg data-[state=on]:shadow-control data-[state=on]:ring-1 data-[state=on]:ring-line"
      >
        {option.label}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
);
