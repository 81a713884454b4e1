'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { UpdateUserInput, UserView } from '@/lib/domain/contract';
import type { Role } from '@/lib/domain/role';
import type { PeopleActions } from './people-actions';
import { ROLE_OPTIONS } from './role-options';

interface PersonDialogProps {
  readonly person: UserView;
  /** It is the viewer: their own session ends with such a change. */
  readonly isSelf: boolean;
  readonly update: PeopleActions['update'];
  readonly onClose: () => void;
}

/** Sends a change; true when it was accepted. A refusal is kept to be shown in the dialog. */
const useUpdate = ({ person, update }: PersonDialogProps) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async (input: UpdateUserInput, done: string): Promise<boolean> => {
    const answer = await update(person.id, input);
    if (!answer.ok) {
      setRefusal(answer.error.fields[0]?.message ?? answer.error.message);
      return false;
    }
    toast.success(done);
    router.refresh();
    return true;
  };
  return { refusal, send };
};

const Refusal = ({ message }: { readonly message: string | null }) =>
  message === null ? null : (
    <Callout tone="bad" role="alert">
      {message}
    </Callout>
  );

const closing = (onClose: () => void) => (open: boolean) => {
  if (!open) onClose();
};

export const RoleDialog = (props: PersonDialogProps) => {
  const { person, isSelf, onClose } = props;
  const { refusal, send } = useUpdate(props);
  const [role, setRole] = useState<Role>(person.role);
  return (
    <ConfirmDialog
      open
      onOpenChange={closing(onClose)}
      title="Change role"
      description={`${isSelf ? 'You are' : `${person.email} is`} signed out everywhere and sign in again with the new role.`}
      confirmLabel="Change role"
      onConfirm={() => send({ role }, `${person.email} is ${role} now`)}
    >
      <Refusal message={refusal} />
      <Field label="Role">
        {(control) => <Select {...control} value={role} onValueChange={setRole} options={ROLE_OPTIONS} />}
      </Field>
    </ConfirmDialog>
  );
};

export const PasswordDialog = (props: PersonDialogProps) => {
  const { person, onClose } = props;
  const { refusal, send } = useUpdate(props);
  const [password, setPassword] = useState('');
  return (
    <ConfirmDialog
      open
      onOpenChange={closing(onClose)}
      title="Set password"
      description={`Ends all sessions of ${person.email}.`}
      confirmLabel="Set password"
      onConfirm={() => send({ password }, `${person.email} has a new password`)}
    >
      <Field label="New password" hint="At least 12 characters." error={refusal ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
};

export const DisablePersonDialog = (props: PersonDialogProps) => {
  const { person, onClose } = props;
  const { refusal, send } = useUpdate(props);
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={closing(onClose)}
      title={`Disable ${person.email}?`}
      description="They are signed out everywhere and cannot sign in until they are enabled again. What they did stays in the audit trail."
      confirmLabel="Disable"
      onConfirm={() => send({ disabled: true }, `${person.email} is disabled`)}
    >
      {refusal === null ? undefined : <Refusal message={refusal} />}
    </ConfirmDialog>
  );
};

export const EnablePersonDialog = (props: PersonDialogProps) => {
  const { person, onClose } = props;
  const { refusal, send } = useUpdate(props);
  return (
    <ConfirmDialog
      open
      onOpenChange={closing(onClose)}
      title={`Enable ${person.email}?`}
      description={`They can sign in again, as ${person.role}.`}
      confirmLabel="Enable"
      onConfirm={() => send({ disabled: false }, `${person.email} can sign in again`)}
    >
      {refusal === null ? undefined : <Refusal message={refusal} />}
    </ConfirmDialog>
  );
};
