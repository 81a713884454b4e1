'use client';

import { Switch as RadixSwitch } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Switch = ({ className, ...props }: ComponentProps<typeof RadixSwitch.Root>) => (
  <RadixSwitch.Root
    className={cn(
      'inline-flex h-5 w-8 shrink-0 items-center rounded-full border border-transparent bg-control px-0.5 transition-colors',
      'disabled:opacity-50 data-[state=checked]:bg-accent',
      className,
    )}
    {...props}
  >
    <RadixSwitch.Thumb className="size-3.5 rounded-full bg-white shadow-control transition-transform data-[state=checked]:translate-x-3" />
  </RadixSwitch.Root>
);
