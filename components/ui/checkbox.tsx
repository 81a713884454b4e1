'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as RadixCheckbox } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Checkbox = ({ className, ...props }: ComponentProps<typeof RadixCheckbox.Root>) => (
  <RadixCheckbox.Root
    className={cn(
      'group flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-surface transition-colors',
      'data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent',
      'disabled:opacity-50',
      className,
    )}
    {...props}
  >
    <RadixCheckbox.Indicator className="text-accent-fg">
      <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
      <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
    </RadixCheckbox.Indicator>
  </RadixCheckbox.Root>
);
