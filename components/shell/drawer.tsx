'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useDialogFocus } from '@/components/ui/dialog-focus';

interface DrawerProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
}

/** The navigation where the page has no room for it beside its content. */
export const Drawer = ({ open, onOpenChange, children }: DrawerProps) => {
  const focus = useDialogFocus();
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-in bg-overlay" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 w-72 max-w-[85vw] bg-canvas shadow-pop outline-none data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in"
          {...focus}
        >
          <RadixDialog.Title className="sr-only">Menu</RadixDialog.Title>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
