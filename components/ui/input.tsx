import type { ComponentProps } from 'react';
import { cn } from './cn';

/** What all controls one types into or chooses from share. Text is 16 px on touch screens, so that phones do not zoom. */
export const CONTROL = [
  'w-full rounded-md border border-control/60 bg-surface text-sm text-fg shadow-control transition-colors pointer-coarse:text-[1rem]',
  'placeholder:text-fg-3 hover:border-control disabled:cursor-not-allowed disabled:bg-subtle disabled:text-fg-3',
  'focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/40',
  'aria-invalid:border-bad-dot aria-invalid:focus-visible:outline-bad-dot/40',
];

export const Input = ({ className, type = 'text', ...props }: ComponentProps<'input'>) => (
  <input type={type} className={cn(CONTROL, 'h-8 px-2.5 pointer-coarse:h-10', className)} {...props} />
);

export const Textarea = ({ className, rows = 3, ...props }: ComponentProps<'textarea'>) => (
  <textarea rows={rows} className={cn(CONTROL, 'resize-y px-2.5 py-1.5', className)} {...props} />
);

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'type'> {
  /** Shown inside, after the number: `MiB`, `req/s`. */
  readonly unit?: string;
}

export const NumberInput = ({ unit, className, ...props }: NumberInputProps) => (
  <span className={cn('relative block', className)}>
    <Input type="number" inputMode="numeric" className={unit === undefined ? undefined : 'pr-14'} {...props} />
    {unit !== undefined && (
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-fg-3 text-xs"
      >
        {unit}
      </span>
    )}
  </span>
);
