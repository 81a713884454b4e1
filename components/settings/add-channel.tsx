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
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import type { ActionError } from '@/lib/domain/action-result';
import type { ChannelView } from '@/lib/domain/contract';
import { NOTIFICATION_TOPICS, type NotificationTopic } from '@/lib/domain/notification/topics';
import type { Role } from '@/lib/domain/role';
import type { NotificationActions } from './notification-actions';
import { ROLE_OPTIONS } from './role-options';
import { TopicsField } from './topics-field';

const KINDS = [
  { value: 'person', label: 'Person' },
  { value: 'role', label: 'Role' },
  { value: 'webhook', label: 'Webhook' },
] as const;

interface FormProps {
  readonly id: string;
  readonly create: NotificationActions['create'];
  readonly onSubmitting: (isSubmitting: boolean) => void;
  readonly onCreated: (secret: string | null) => void;
}

const ChannelForm = ({ id, create, onSubmitting, onCreated }: FormProps) => {
  const router = useRouter();
  const [kind, setKind] = useState<ChannelView['kind']>('person');
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [role, setRole] = useState<Role>('oncall');
  const [topics, setTopics] = useState<readonly NotificationTopic[]>(NOTIFICATION_TOPICS);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const errorOf = (field: string): string | undefined => refusal?.fields.find((f) => f.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefusal(null);
    onSubmitting(true);
    const target = kind === 'person' ? { email: address } : kind === 'role' ? { role } : { url: address };
    const answer = await create({ kind, name, topics, ...target }).finally(() => onSubmitting(false));
    if (!answer.ok) return setRefusal(answer.error);
    onCreated(answer.value.secret);
    router.refresh();
  };
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Segmented label="Whom" value={kind} onValueChange={setKind} options={KINDS} className="self-start" />
      <Field label="Name" error={errorOf('name')}>
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      {kind === 'role' ? (
        <Field label="Role" hint="Everybody who has it is written to." error={errorOf('role')}>
          {(control) => <Select {...control} value={role} onValueChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
      ) : (
        <Field
          label={kind === 'person' ? 'E-mail' : 'Address'}
          error={errorOf(kind === 'person' ? 'email' : 'url')}
          {...(kind === 'webhook' ? { hint: "Slack's incoming webhooks take it as it is." } : {})}
        >
          {(control) => (
            <Input
              {...control}
              type={kind === 'person' ? 'email' : 'url'}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          )}
        </Field>
      )}
      <TopicsField topics={topics} onChange={setTopics} error={errorOf('topics')} />
    </form>
  );
};

/** Asks whom to tell of what; a webhook's secret is shown once. */
export const AddChannel = ({ create }: { readonly create: NotificationActions['create'] }) => {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title="Add a channel"
        description="Who is told, by mail or by a signed request."
        trigger={
          <Button variant="primary">
            <Plus aria-hidden /> Add channel
          </Button>
        }
        footer={<FormSheetFooter form={id} label="Add channel" pending={isSubmitting} />}
      >
        <ChannelForm
          id={id}
          create={create}
          onSubmitting={setIsSubmitting}
          onCreated={(made) => {
            setOpen(false);
            setSecret(made);
          }}
        />
      </Sheet>
      {secret !== null && (
        <Dialog
          open
          onOpenChange={(isOpen) => !isOpen && setSecret(null)}
          title="The webhook's secret"
          description="Copy it now: it is not shown again. The header X-Headroom-Signature is made with it."
          footer={
            <DialogClose>
              <Button variant="primary">I have copied it</Button>
            </DialogClose>
          }
        >
          <div className="flex items-start gap-2 rounded-md border bg-subtle p-3">
            <code className="min-w-0 grow break-all font-mono text-xs">{secret}</code>
            <CopyButton text={secret} label="Copy the secret" />
          </div>
        </Dialog>
      )}
    </>
  );
};
