'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Input } from '@/components/ui/input';
import type { ActionError } from '@/lib/domain/action-result';
import type { ChannelView, NotificationTopic } from '@/lib/domain/contract';
import type { NotificationActions } from './notification-actions';
import { TopicsField } from './topics-field';

interface ChangeChannelProps {
  readonly channel: ChannelView;
  readonly update: NotificationActions['update'];
}

interface FormProps extends ChangeChannelProps {
  readonly id: string;
  readonly onSubmitting: (isSubmitting: boolean) => void;
  readonly onChanged: () => void;
}

const ChannelForm = ({ id, channel, update, onSubmitting, onChanged }: FormProps) => {
  const router = useRouter();
  const [name, setName] = useState(channel.name);
  const [topics, setTopics] = useState<readonly NotificationTopic[]>(channel.topics);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const errorOf = (field: string): string | undefined =>
    refusal?.fields.find((problem) => problem.field === `change.${field}`)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefusal(null);
    onSubmitting(true);
    const change = { name, topics: [...topics] };
    const answer = await update({ id: channel.id, change }).finally(() => onSubmitting(false));
    if (!answer.ok) return setRefusal(answer.error);
    onChanged();
    router.refresh();
  };
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <Field label="Name" error={errorOf('name')}>
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <TopicsField topics={topics} onChange={setTopics} error={errorOf('topics')} />
    </form>
  );
};

/** Asks of what a channel tells from now on. */
export const ChangeChannel = ({ channel, update }: ChangeChannelProps) => {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [isSubmitting, setIsSubmitting] = useState(false);
  return (
    <Sheet
      open={open}
      onOpenChange={setOpen}
      title={`Change ${channel.name}`}
      description={channel.kind === 'role' ? `Everybody with the role ${channel.target}` : channel.target}
      trigger={
        <Button size="sm" aria-label={`Change ${channel.name}`}>
          Change
        </Button>
      }
      footer={<FormSheetFooter form={id} label="Save" pending={isSubmitting} />}
    >
      <ChannelForm
        id={id}
        channel={channel}
        update={update}
        onSubmitting={setIsSubmitting}
        onChanged={() => setOpen(false)}
      />
    </Sheet>
  );
};
