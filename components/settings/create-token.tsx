'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogClose, Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ActionError } from '@/lib/domain/action-result';
import type { TokenCreated } from '@/lib/domain/contract';
import type { Role } from '@/lib/domain/role';
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
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const isRefused = (field: string): boolean => refusal?.fields.some((f) => f.field === field) ?? false;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefusal(null);
    onSubmitting(true);
    const answer = await create({ name, role }).finally(() => onSubmitting(false));
    if (!answer.ok) return setRefusal(answer.error);
    onCreated(answer.value);
    router.refresh();
  };
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Field
        label="Name"
        hint="What will use it. The audit trail shows it."
        error={isRefused('name') ? 'A name of at most 80 characters.' : undefined}
      >
        {(field) => (
          <Input
            {...field}
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
            placeholder="ci"
          />
        )}
      </Field>
      <Field label="Role">
        {(field) => <Select {...field} value={role} onValueChange={setRole} options={ROLE_OPTIONS} />}
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
      <DialogClose>
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
