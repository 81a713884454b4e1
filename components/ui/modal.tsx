'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { useDialogFocus } from './dialog-focus';

const OVERLAY = 'fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in';

export interface ModalProps {
  readonly kind: 'dialog' | 'sheet';
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that acts last. */
  readonly footer?: ReactNode;
  readonly className?: string | undefined;
}

const CloseButton = () => (
  <RadixDialog.Close asChild>
    <Button variant="ghost" size="iconSm" aria-label="Close" className="-mr-1.5">
      <X aria-hidden />
    </Button>
  </RadixDialog.Close>
);

const Heading = ({ title, description }: Pick<ModalProps, 'title' | 'description'>) => (
  <div className="flex min-w-0 flex-col gap-1">
    <RadixDialog.Title className="font-semibold text-base text-fg">{title}</RadixDialog.Title>
    {description !== undefined && (
      <RadixDialog.Description asChild>
        <div className="text-fg-2 text-sm">{description}</div>
      </RadixDialog.Description>
    )}
  </div>
);

/** The props that tell Radix there is no description on purpose. */
const describedBy = (description: ReactNode) => (description === undefined ? { 'aria-describedby': undefined } : {});

const KIND = {
  dialog: {
    content:
      'inset-x-3 top-[max(1rem,12vh)] mx-auto max-h-[80dvh] max-w-md rounded-xl data-[state=closed]:animate-out data-[state=open]:animate-in',
    header: 'pt-4 pb-3',
    body: 'pt-1 pb-4',
  },
  sheet: {
    content:
      'inset-y-0 right-0 w-full max-w-lg data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in',
    header: 'border-b py-4',
    body: 'grow py-4',
  },
} as const;

/** What `Dialog` and `Sheet` open; it comes with Radix' dialog when the first one is opened. */
export const Modal = ({ kind, title, description, children, footer, className, ...root }: ModalProps) => {
  const focus = useDialogFocus();
  return (
    <RadixDialog.Root {...root}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={OVERLAY} />
        <RadixDialog.Content
          className={cn('fixed z-50 flex flex-col bg-raised shadow-pop outline-none', KIND[kind].content, className)}
          {...describedBy(description)}
          {...focus}
        >
          <header className={cn('flex items-start justify-between gap-4 px-5', KIND[kind].header)}>
            <Heading title={title} description={description} />
            <CloseButton />
          </header>
          {children !== undefined && (
            <div className={cn('min-h-0 overflow-y-auto px-5', KIND[kind].body)}>{children}</div>
          )}
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
};
