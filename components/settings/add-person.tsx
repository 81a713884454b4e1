'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { type CreateUserInput, createUserSchema } from '@/lib/domain/contract';
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
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, control, handleSubmit, formState, setError } = useForm<CreateUserInput>({
    resolver: zodResolver(createUserSchema),
    defaultValues: { name: '', email: '', password: '', role: 'viewer' },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    onSubmitting(true);
    const answer = await create(values).finally(() => onSubmitting(false));
    if (!answer.ok) {
      setRefusal(applyActionError(answer.error, ['name', 'email', 'password', 'role'], setError));
      return;
    }
    toast.success(`${answer.value.email} can sign in`);
    router.refresh();
    onDone();
  });
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register('name')} autoComplete="off" />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(field) => <Input {...field} {...register('email')} type="email" autoComplete="off" />}
      </Field>
      <Field label="Role" error={errors.role?.message}>
        {(field) => (
          <Controller
            name="role"
            control={control}
            render={({ field: { value, onChange } }) => (
              <Select {...field} value={value} onValueChange={onChange} options={ROLE_OPTIONS} />
            )}
          />
        )}
      </Field>
      <Field
        label="First password"
        hint="At least 12 characters. Hand it over in a safe way."
        error={errors.password?.message}
      >
        {(field) => <Input {...field} {...register('password')} type="password" autoComplete="new-password" />}
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
