'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

export const DialogTrigger = RadixDialog.Trigger;
export const DialogClose = RadixDialog.Close;

const OVERLAY = 'fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-out data-[state=open]:animate-in';

interface ModalProps {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly trigger?: ReactNode;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the one that acts last. */
  readonly footer?: ReactNode;
  readonly className?: string;
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

/** A question or a short act in the middle of the page. For forms see `Sheet`. */
export const Dialog = ({ trigger, title, description, children, footer, className, ...root }: ModalProps) => (
  <RadixDialog.Root {...root}>
    {trigger !== undefined && <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
    <RadixDialog.Portal>
      <RadixDialog.Overlay className={OVERLAY} />
      <RadixDialog.Content
        className={cn(
          'fixed inset-x-3 top-[max(1rem,12vh)] z-50 mx-auto flex max-h-[80dvh] max-w-md flex-col rounded-xl bg-raised shadow-pop',
          'outline-none data-[state=closed]:animate-out data-[state=open]:animate-in',
          className,
        )}
        {...describedBy(description)}
      >
        <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
          <Heading title={title} description={description} />
          <CloseButton />
        </header>
        {children !== undefined && <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-4">{children}</div>}
        {footer !== undefined && (
          <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
        )}
      </RadixDialog.Content>
    </RadixDialog.Portal>
  </RadixDialog.Root>
);

/** A form at the side of the page, which stays in sight. Full width on phones. */
export const Sheet = ({ trigger, title, description, children, footer, className, ...root }: ModalProps) => (
  <RadixDialog.Root {...root}>
    {trigger !== undefined && <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger>}
    <RadixDialog.Portal>
      <RadixDialog.Overlay className={OVERLAY} />
      <RadixDialog.Content
        className={cn(
          'fixed inset-y-0 right-0 z-50 flex w-full max-w-lg flex-col bg-raised shadow-pop outline-none',
          'data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in',
          className,
        )}
        {...describedBy(description)}
      >
        <header className="flex items-start justify-between gap-4 border-b px-5 py-4">
          <Heading title={title} description={description} />
          <CloseButton />
        </header>
        <div className="min-h-0 grow overflow-y-auto px-5 py-4">{children}</div>
        {footer !== undefined && (
          <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
            {footer}
          </footer>
        )}
      </RadixDialog.Content>
    </RadixDialog.Portal>
  </RadixDialog.Root>
);
