'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ChangeEvent, type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { ActionError } from '@/lib/domain/action-result';
import type { CreateUserInput } from '@/lib/domain/contract';
import type { PeopleActions } from './people-actions';
import { ROLE_OPTIONS } from './role-options';

interface FormProps {
  readonly id: string;
  readonly create: PeopleActions['create'];
  readonly onSubmitting: (isSubmitting: boolean) => void;
  readonly onDone: () => void;
}

const PersonForm = ({ id, create, onSubmitting, onDone }: FormProps) => {
  const router = useRouter();
  const [person, setPerson] = useState<CreateUserInput>({ name: '', email: '', password: '', role: 'viewer' });
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const errorOf = (field: keyof CreateUserInput): string | undefined =>
    refusal?.fields.find((f) => f.field === field)?.message;
  const text = (field: 'name' | 'email' | 'password') => ({
    value: person[field],
    onChange: (event: ChangeEvent<HTMLInputElement>) => setPerson({ ...person, [field]: event.target.value }),
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefusal(null);
    onSubmitting(true);
    const answer = await create(person).finally(() => onSubmitting(false));
    if (!answer.ok) return setRefusal(answer.error);
    toast.success(`${answer.value.email} can sign in`);
    router.refresh();
    onDone();
  };
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Field label="Name" error={errorOf('name')}>
        {(field) => <Input {...field} {...text('name')} autoComplete="off" />}
      </Field>
      <Field label="E-mail" error={errorOf('email')}>
        {(field) => <Input {...field} {...text('email')} type="email" autoComplete="off" />}
      </Field>
      <Field label="Role" error={errorOf('role')}>
        {(field) => (
          <Select
            {...field}
            value={person.role}
            onValueChange={(role) => setPerson({ ...person, role })}
            options={ROLE_OPTIONS}
          />
        )}
      </Field>
      <Field
        label="First password"
        hint="At least 12 characters. Hand it over in a safe way."
        error={errorOf('password')}
      >
        {(field) => <Input {...field} {...text('password')} type="password" autoComplete="new-password" />}
      </Field>
    </form>
  );
};

export const AddPerson = ({ create }: { readonly create: PeopleActions['create'] }) => {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [isSubmitting, setIsSubmitting] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title="Add a person"
      description="They sign in with e-mail and password."
      trigger={
        <Button variant="primary">
          <Plus aria-hidden /> Add person
        </Button>
      }
      footer={<FormSheetFooter form={id} label="Add person" pending={isSubmitting} />}
    >
      <PersonForm id={id} create={create} onSubmitting={setIsSubmitting} onDone={() => setOpen(false)} />
    </Sheet>
  );
};
