'use client';

import type { Popover as Radix } from 'radix-ui';
import { type ComponentProps, createContext, type ReactNode, type RefObject, useContext, useState } from 'react';
import { cn } from './cn';
import { onDemand, useFirstPress } from './on-demand';
import { StandInButton, type TriggerProps } from './stand-in-button';

type Parts = typeof Radix;

/** Radix' popover comes when the first one is opened. */
export const POPOVER_PARTS = onDemand(async () => (await import('./popover-parts')).Popover);

interface PopoverState {
  readonly parts: Parts | null;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly open: () => void;
}

const PopoverContext = createContext<PopoverState | null>(null);

const usePopover = (): PopoverState => {
  const popover = useContext(PopoverContext);
  if (popover === null) throw new Error('a part of a popover stands outside Popover');
  return popover;
};

interface PopoverProps {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

/** Until it is first opened there is only its button; then Radix takes the button over. */
export const Popover = ({ open, onOpenChange, children }: PopoverProps) => {
  const [isOwnOpen, setIsOwnOpen] = useState(false);
  const change = (next: boolean): void => {
    setIsOwnOpen(next);
    onOpenChange?.(next);
  };
  const { code: parts, trigger, press } = useFirstPress<Parts, void>(POPOVER_PARTS, () => change(true));
  return (
    <PopoverContext value={{ parts, trigger, open: () => press() }}>
      {parts === null ? (
        children
      ) : (
        <parts.Root open={open ?? isOwnOpen} onOpenChange={change}>
          {children}
        </parts.Root>
      )}
    </PopoverContext>
  );
};

export const PopoverTrigger = ({ asChild = false, ...props }: TriggerProps) => {
  const { parts, trigger, open } = usePopover();
  if (parts !== null) return <parts.Trigger ref={trigger} asChild={asChild} {...props} />;
  return <StandInButton asChild={asChild} aria-haspopup="dialog" onClick={open} {...props} />;
};

export const PopoverContent = ({ className, ...props }: ComponentProps<Parts['Content']>) => {
  const { parts } = usePopover();
  if (parts === null) return null;
  return (
    <parts.Portal>
      <parts.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn('z-50 w-72 animate-in rounded-lg bg-raised p-3 shadow-pop outline-none', className)}
        {...props}
      />
    </parts.Portal>
  );
};
