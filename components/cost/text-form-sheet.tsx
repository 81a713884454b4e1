'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useId, useState, useTransition } from 'react';
import { Callout } from '@/components/ui/callout';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';

export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'date';
  readonly initial?: string;
  readonly optional?: boolean;
}

interface TextFormSheetProps {
  readonly title: string;
  readonly description: string;
  readonly trigger: ReactNode;
  readonly submitLabel: string;
  readonly fields: readonly TextField[];
  /** Gets the fields as typed; the server says which are wrong. */
  readonly submit: (values: Readonly<Record<string, string>>) => Promise<ActionResult<unknown>>;
  readonly done: string;
  readonly children?: ReactNode;
}

interface Refusal {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A sheet with fields of text. What the server refuses stands beside the field that it names. */
export const TextFormSheet = ({
  title,
  description,
  trigger,
  submitLabel,
  fields,
  submit,
  done,
  children,
}: TextFormSheetProps) => {
  const id = useId();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ name }) => [name, String(form.get(name) ?? '').trim()]));
    startTransition(async () => {
      const answer = await submit(values);
      if (!answer.ok) {
        const named = answer.error.fields.map(({ field, message }) => [field.split('.')[0] ?? field, message]);
        setRefusal({ message: answer.error.message, fields: Object.fromEntries(named) });
        return;
      }
      setRefusal(null);
      setOpen(false);
      toast.success(done);
      router.refresh();
    });
  };
  const isPlaced = refusal !== null && fields.some(({ name }) => refusal.fields[name] !== undefined);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title={title}
      description={description}
      trigger={trigger}
      footer={<FormSheetFooter form={id} label={submitLabel} pending={isPending} />}
    >
      <form id={id} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {refusal !== null && !isPlaced && (
          <Callout tone="bad" role="alert">
            {refusal.message}
          </Callout>
        )}
        {children}
        {fields.map(({ name, label, hint, type = 'text', initial = '', optional = false }) => (
          <Field key={name} label={label} hint={hint} optional={optional} error={refusal?.fields[name]}>
            {(control) => <Input {...control} name={name} type={type} defaultValue={initial} autoComplete="off" />}
          </Field>
        ))}
      </form>
    </Sheet>
  );
};
