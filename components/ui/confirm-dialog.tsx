'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { Button } from './button';
import { Dialog, DialogClose } from './dialog';
import { Field } from './field';
import { Input } from './input';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly danger?: boolean;
  /** Has to be typed before the act is possible. */
  readonly typeToConfirm?: string;
  readonly children?: ReactNode;
  /** The dialog closes when it gives true. */
  readonly onConfirm: () => Promise<boolean>;
}

export const ConfirmDialog = ({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  danger = false,
  typeToConfirm,
  children,
  onConfirm,
}: ConfirmDialogProps) => {
  const [typed, setTyped] = useState('');
  const [isPending, startTransition] = useTransition();
  const isReady = typeToConfirm === undefined || typed === typeToConfirm;
  const change = (next: boolean): void => {
    setTyped('');
    onOpenChange(next);
  };
  const confirm = (): void => {
    if (!isReady) return;
    startTransition(async () => {
      if (await onConfirm()) change(false);
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      description={description}
      footer={
        <>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant={danger ? 'danger' : 'primary'} pending={isPending} disabled={!isReady} onClick={confirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {(children !== undefined || typeToConfirm !== undefined) && (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            confirm();
          }}
        >
          {children}
          {typeToConfirm !== undefined && (
            <Field
              label={
                <span>
                  Type <span className="select-all font-mono">{typeToConfirm}</span> to confirm
                </span>
              }
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </Field>
          )}
        </form>
      )}
    </Dialog>
  );
};
