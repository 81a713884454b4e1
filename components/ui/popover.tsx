'use client';

import { Popover as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;

export const PopoverContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Portal>
    <Radix.Content
      sideOffset={4}
      collisionPadding={8}
      className={cn('z-50 w-72 animate-in rounded-lg bg-raised p-3 shadow-pop outline-none', className)}
      {...props}
    />
  </Radix.Portal>
);
