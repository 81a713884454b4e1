'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogClose, Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type CreateTokenInput, createTokenSchema, type TokenCreated } from '@/lib/domain/contract';
import { ROLE_OPTIONS } from './role-options';
import type { TokenActions } from './token-actions';

interface FormProps {
  readonly id: string;
  readonly create: TokenActions['create'];
  readonly onSubmitting: (isSubmitting: boolean) => void;
  readonly onCreated: (token: TokenCreated) => void;
}

const TokenForm = ({ id, create, onSubmitting, onCreated }: FormProps) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, control, handleSubmit, formState, setError } = useForm<CreateTokenInput>({
    resolver: zodResolver(createTokenSchema),
    defaultValues: { name: '', role: 'operator' },
  });
  const { errors } = formState;
  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    onSubmitting(true);
    const answer = await create(values).finally(() => onSubmitting(false));
    if (!answer.ok) {
      setRefusal(applyActionError(answer.error, ['name', 'role'], setError));
      return;
    }
    onCreated(answer.value);
    router.refresh();
  });
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
      <Field
        label="Name"
        hint="What will use it. The audit trail shows it."
        error={errors.name === undefined ? undefined : 'A name of at most 80 characters.'}
      >
        {(field) => <Input {...field} {...register('name')} autoComplete="off" placeholder="ci" />}
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
    </form>
  );
};

const CreatedDialog = ({ token, onClose }: { readonly token: TokenCreated; readonly onClose: () => void }) => (
  <Dialog
    open
    onOpenChange={(open) => !open && onClose()}
    title={`Token ${token.name}`}
    description="Copy it now: it is not shown again."
    footer={
      <DialogClose asChild>
        <Button variant="primary">I have copied it</Button>
      </DialogClose>
    }
  >
    <div className="flex items-start gap-2 rounded-md border bg-subtle p-3">
      <code data-testid="token" className="min-w-0 grow break-all font-mono text-xs">
        {token.token}
      </code>
      <CopyButton text={token.token} label="Copy the token" />
    </div>
    <p className="mt-3 text-fg-2 text-xs">
      Send it as <code className="font-mono">Authorization: Bearer …</code>, or set{' '}
      <code className="font-mono">HEADROOM_TOKEN</code> for the command line.
    </p>
  </Dialog>
);

export const CreateToken = ({ create }: { readonly create: TokenActions['create'] }) => {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [created, setCreated] = useState<TokenCreated | null>(null);
  return (
    <>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title="Create an API token"
        description="For programs: the REST API and the command line."
        trigger={
          <Button variant="primary">
            <Plus aria-hidden /> Create token
          </Button>
        }
        footer={<FormSheetFooter form={id} label="Create token" pending={isSubmitting} />}
      >
        <TokenForm
          id={id}
          create={create}
          onSubmitting={setIsSubmitting}
          onCreated={(token) => {
            setOpen(false);
            setCreated(token);
          }}
        />
      </Sheet>
      {created !== null && <CreatedDialog token={created} onClose={() => setCreated(null)} />}
    </>
  );
};
