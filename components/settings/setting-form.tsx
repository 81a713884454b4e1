'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { ActionError, ActionResult } from '@/lib/domain/action-result';

/** Text fields of a setting, and what each of their inputs is given. */
export const useDraft = <T extends Readonly<Record<string, string>>>(initial: T, isFixed: boolean) => {
  const [draft, setDraft] = useState(initial);
  const text = (name: keyof T & string) => ({
    value: draft[name],
    disabled: isFixed,
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value }),
  });
  return { draft, text };
};

/** Saves a setting when its form is sent, says so, and keeps why it was refused. */
export const useSaving = (save: () => Promise<ActionResult<unknown>>, done: string) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const [isPending, startTransition] = useTransition();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    startTransition(async () => {
      const answer = await save();
      setRefusal(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      toast.success(done);
      router.refresh();
    });
  };
  /** What is wrong with a field, or with a part of it. */
  const errorOf = (name: string): string | undefined =>
    refusal?.fields.find(({ field }) => field === name || field.startsWith(`${name}.`))?.message;
  return { form: { refusal, pending: isPending, onSubmit }, errorOf };
};

interface RemoveSettingProps {
  readonly label: string;
  readonly title: string;
  readonly description: string;
  /** Said when it is done. */
  readonly done: string;
  readonly remove: () => Promise<ActionResult<unknown>>;
}

/** Takes a setting away, after asking. */
export const RemoveSetting = ({ label, title, description, done, remove }: RemoveSettingProps) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const answer = await remove();
    if (answer.ok) toast.success(done);
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title={title}
        description={description}
        confirmLabel={label}
        onConfirm={confirm}
      />
    </>
  );
};

interface SettingFormProps {
  /** The variable by which the environment sets it, where it does: then it is shown and cannot be changed. */
  readonly fixedBy: string | null;
  readonly refusal: ActionError | null;
  readonly saveLabel: string;
  readonly pending: boolean;
  readonly onSubmit: (event: FormEvent) => void;
  /** Beside the button that saves; null while there is nothing to remove. */
  readonly removal: ReactNode;
  readonly children: ReactNode;
}

/** A setting that the environment may have set. What is wrong with a field stands beside it, all else above. */
export const SettingForm = ({
  fixedBy,
  refusal,
  saveLabel,
  pending,
  onSubmit,
  removal,
  children,
}: SettingFormProps) => (
  <form noValidate onSubmit={onSubmit} className="flex max-w-xl flex-col gap-4">
    {fixedBy !== null && (
      <Callout title="Set by the environment">
        Headroom was started with {fixedBy}, which wins over what is set here.
      </Callout>
    )}
    {refusal !== null && refusal.fields.length === 0 && (
      <Callout tone="bad" role="alert">
        {refusal.message}
      </Callout>
    )}
    {children}
    {fixedBy === null && (
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          {saveLabel}
        </Button>
        {removal}
      </div>
    )}
  </form>
);
