'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The page behind stays in reach: a menu is no dialog. */
export const DropdownMenu = (props: ComponentProps<typeof Radix.Root>) => <Radix.Root modal={false} {...props} />;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export const DropdownMenuContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Portal>
    <Radix.Content
      sideOffset={4}
      collisionPadding={8}
      className={cn('z-50 min-w-44 animate-in rounded-lg bg-raised p-1 shadow-pop outline-none', className)}
      {...props}
    />
  </Radix.Portal>
);

const ITEM =
  'flex select-none items-center gap-2 rounded-md px-2 py-1.5 text-fg text-sm outline-none pointer-coarse:py-2.5 data-[disabled]:text-fg-3 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-fg-3';

interface ItemProps extends ComponentProps<typeof Radix.Item> {
  readonly danger?: boolean;
}

export const DropdownMenuItem = ({ danger = false, className, ...props }: ItemProps) => (
  <Radix.Item
    className={cn(ITEM, danger && 'text-bad data-[highlighted]:bg-bad-soft [&_svg]:text-bad', className)}
    {...props}
  />
);

export const DropdownMenuRadioItem = ({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) => (
  <Radix.RadioItem className={cn(ITEM, 'pr-8', className)} {...props}>
    {children}
    <Radix.ItemIndicator className="absolute right-3">
      <Check aria-hidden />
    </Radix.ItemIndicator>
  </Radix.RadioItem>
);

export const DropdownMenuCheckboxItem = ({
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.CheckboxItem>) => (
  <Radix.CheckboxItem className={cn(ITEM, 'relative pr-8', className)} {...props}>
    {children}
    <Radix.ItemIndicator className="absolute right-3">
      <Check aria-hidden />
    </Radix.ItemIndicator>
  </Radix.CheckboxItem>
);

export const DropdownMenuLabel = ({ className, ...props }: ComponentProps<typeof Radix.Label>) => (
  <Radix.Label className={cn('px-2 pt-1.5 pb-1 text-fg-3 text-xs', className)} {...props} />
);

export const DropdownMenuSeparator = () => <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
