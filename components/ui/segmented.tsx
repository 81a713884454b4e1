'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface SegmentedProps<V extends string> {
  readonly value: V;
  readonly onValueChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: ReactNode; readonly disabled?: boolean }[];
  readonly label: string;
  readonly className?: string;
}

/** One of two to five options, all in sight: the browser's own radio buttons, each spread over its segment. */
export const Segmented = <V extends string>({ value, onValueChange, options, label, className }: SegmentedProps<V>) => {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn('inline-flex rounded-md border bg-subtle p-0.5', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-6 grow items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 font-medium text-fg-2 text-xs hover:text-fg has-checked:bg-surface has-checked:text-fg has-checked:shadow-control has-checked:ring-1 has-checked:ring-line has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-9"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-none disabled:cursor-not-allowed"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
};
