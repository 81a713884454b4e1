'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Tabs = Radix.Root;

export const TabsList = ({ className, ...props }: ComponentProps<typeof Radix.List>) => (
  <Radix.List className={cn('flex gap-4 overflow-x-auto border-b', className)} {...props} />
);

export const TabsTrigger = ({ className, ...props }: ComponentProps<typeof Radix.Trigger>) => (
  <Radix.Trigger
    className={cn(
      '-mb-px whitespace-nowrap rounded-t-sm border-transparent border-b-2 py-2 font-medium text-fg-2 text-sm -outline-offset-2 hover:text-fg',
      'data-[state=active]:border-fg data-[state=active]:text-fg',
      className,
    )}
    {...props}
  />
);

export const TabsContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Content className={cn('pt-4', className)} {...props} />
);
