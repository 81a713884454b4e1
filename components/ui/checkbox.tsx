'use client';

import { Check, Minus } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange' | 'ref'> {
  /** `indeterminate`: some of what it stands for. */
  readonly checked: boolean | 'indeterminate';
  readonly onCheckedChange: (checked: boolean) => void;
}

export const Checkbox = ({ checked, onCheckedChange, className, ...props }: CheckboxProps) => (
  <span className={cn('group relative inline-flex size-4 shrink-0', className)}>
    <input
      type="checkbox"
      ref={(input) => {
        if (input !== null) input.indeterminate = checked === 'indeterminate';
      }}
      checked={checked === true}
      onChange={(event) => onCheckedChange(event.target.checked)}
      className="size-4 appearance-none rounded-sm border border-control bg-surface transition-colors checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50"
      {...props}
    />
    <Check
      aria-hidden
      strokeWidth={3}
      className="pointer-events-none absolute inset-0.5 hidden size-3 text-accent-fg group-has-checked:block"
    />
    <Minus
      aria-hidden
      strokeWidth={3}
      className="pointer-events-none absolute inset-0.5 hidden size-3 text-accent-fg group-has-indeterminate:block"
    />
  </span>
);
