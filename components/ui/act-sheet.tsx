import type { ReactNode } from 'react';
import { Button } from './button';
import { Callout } from './callout';
import { DialogClose, Sheet } from './dialog';
import { Field } from './field';
import { Input } from './input';

const REASON_LENGTH_MAX = 400;

interface ActSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: string;
  /** On the button that starts the act. */
  readonly label: string;
  /** Whether what will be done is known, and may be. */
  readonly isReady: boolean;
  readonly isPending: boolean;
  readonly onStart: () => void;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly reasonHint?: string;
  /** Why the act was refused, once it was. */
  readonly refusal: string | null;
  /** What will be done. */
  readonly children: ReactNode;
}

/** An act that is shown before it is done: what it will do, why it is asked for, and whether it was refused. */
export const ActSheet = ({
  open,
  onOpenChange,
  title,
  description,
  label,
  isReady,
  isPending,
  onStart,
  reason,
  onReason,
  reasonHint = 'Written to the audit trail and to the operation.',
  refusal,
  children,
}: ActSheetProps) => (
  <Sheet
    open={open}
    onOpenChange={onOpenChange}
    title={title}
    description={description}
    footer={
      <>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary" pending={isPending} disabled={!isReady} onClick={onStart}>
          {label}
        </Button>
      </>
    }
  >
    <div className="flex flex-col gap-5">
      {children}
      <Field label="Reason" optional hint={reasonHint}>
        {(control) => (
          <Input
            {...control}
            value={reason}
            maxLength={REASON_LENGTH_MAX}
            onChange={(event) => onReason(event.target.value)}
          />
        )}
      </Field>
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
    </div>
  </Sheet>
);

/** A part of it under a small heading. */
export const ActSection = ({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}) => (
  <section aria-labelledby={id} className="flex flex-col gap-2">
    <h3 id={id} className="font-medium text-xs">
      {title}
    </h3>
    {children}
  </section>
);
