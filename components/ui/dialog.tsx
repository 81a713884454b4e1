'use client';

import { Slot } from 'radix-ui';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ModalProps } from './modal';
import { onDemand, useOnDemand } from './on-demand';

export const MODAL = onDemand(async () => (await import('./modal')).Modal);

const CloseContext = createContext<() => void>(() => undefined);

/** Makes its child, a button in a dialog, close it. */
export const DialogClose = ({ children }: { readonly children: ReactNode }) => (
  <Slot.Root onClick={useContext(CloseContext)}>{children}</Slot.Root>
);

interface DialogProps extends Omit<ModalProps, 'kind' | 'open' | 'onOpenChange'> {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** A button that opens it. */
  readonly trigger?: ReactNode;
}

const ModalOnDemand = ({ open, onOpenChange, trigger, ...props }: DialogProps & Pick<ModalProps, 'kind'>) => {
  const { code: Modal, ask } = useOnDemand(MODAL);
  const [isOwnOpen, setIsOwnOpen] = useState(false);
  const isOpen = open ?? isOwnOpen;
  useEffect(() => {
    if (isOpen) ask();
  }, [isOpen, ask]);
  const change = (next: boolean): void => {
    setIsOwnOpen(next);
    onOpenChange?.(next);
  };
  return (
    <>
      {trigger !== undefined && (
        <Slot.Root
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-state={isOpen ? 'open' : 'closed'}
          onClick={() => change(true)}
        >
          {trigger}
        </Slot.Root>
      )}
      {Modal !== null && (
        <CloseContext value={() => change(false)}>
          <Modal {...props} open={isOpen} onOpenChange={change} />
        </CloseContext>
      )}
    </>
  );
};

/** A question or a short act in the middle of the page. For forms see `Sheet`. */
export const Dialog = (props: DialogProps) => <ModalOnDemand kind="dialog" {...props} />;

/** A form at the side of the page, which stays in sight. Full width on phones. */
export const Sheet = (props: DialogProps) => <ModalOnDemand kind="sheet" {...props} />;
