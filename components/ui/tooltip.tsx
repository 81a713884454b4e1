'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export const TooltipProvider = ({ children }: { readonly children: ReactNode }) => (
  <Radix.Provider delayDuration={250} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
);

interface TooltipProps {
  readonly content: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes focus; what it says must not be said by the tooltip alone. */
  readonly children: ReactNode;
}

export const Tooltip = ({ content, side = 'top', children }: TooltipProps) => (
  <Radix.Root>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-60 max-w-72 animate-in rounded-md bg-fg px-2 py-1 text-canvas text-xs"
      >
        {content}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);
