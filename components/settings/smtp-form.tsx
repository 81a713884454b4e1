'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { ActionError, ActionResult } from '@/lib/domain/action-result';
import type { SetSmtpSettings, SmtpSettingsView } from '@/lib/domain/contract';

interface SmtpFormProps {
  readonly settings: SmtpSettingsView;
  readonly actions: {
    readonly save: (input: SetSmtpSettings) => Promise<ActionResult<SmtpSettingsView>>;
    readonly remove: () => Promise<ActionResult<SmtpSettingsView>>;
  };
}

const ENCRYPTION = [
  { value: 'starttls', label: 'STARTTLS, where offered', description: 'Port 587 or 25' },
  { value: 'tls', label: 'TLS from the first byte', description: 'Port 465' },
] as const;

const RemoveButton = ({ remove }: { readonly remove: SmtpFormProps['actions']['remove'] }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const answer = await remove();
    if (answer.ok) toast.success('No mail is sent any more');
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setOpen(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title="Remove the mail server?"
        description="Notifications by mail and statements fail until there is one again. Webhooks go on."
        confirmLabel="Remove"
        onConfirm={confirm}
      />
    </>
  );
};

export const SmtpForm = ({ settings, actions }: SmtpFormProps) => {
  const router = useRouter();
  const isFixed = settings.source === 'environment';
  const [draft, setDraft] = useState({
    host: settings.host,
    port: String(settings.port),
    user: settings.user,
    password: '',
    from: settings.from,
  });
  const [secure, setSecure] = useState(settings.secure);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const [isPending, startTransition] = useTransition();
  const errorOf = (field: string): string | undefined => refusal?.fields.find((f) => f.field === field)?.message;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    startTransition(async () => {
      const { password, port, ...plain } = draft;
      const secret = password === '' ? {} : { password };
      const answer = await actions.save({ ...plain, ...secret, port: Number(port), secure });
      setRefusal(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      toast.success('Mails are sent by it from now on');
      router.refresh();
    });
  };
  const text = (name: keyof typeof draft) => ({
    value: draft[name],
    disabled: isFixed,
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value }),
  });
  return (
    <form noValidate onSubmit={submit} className="flex max-w-xl flex-col gap-4">
      {isFixed && (
        <Callout title="Set by the environment">
          Headroom was started with HEADROOM_SMTP_URL, which wins over what is set here.
        </Callout>
      )}
      {refusal !== null && refusal.fields.length === 0 && (
        <Callout tone="bad" role="alert">
          {refusal.message}
        </Callout>
      )}
      <div className="grid gap-4 sm:grid-cols-[1fr_6rem]">
        <Field label="Server" error={errorOf('host')}>
          {(control) => <Input {...control} {...text('host')} placeholder="mail.example.org" />}
        </Field>
        <Field label="Port" error={errorOf('port')}>
          {(control) => <Input {...control} {...text('port')} inputMode="numeric" />}
        </Field>
      </div>
      <Field label="Encryption">
        {(control) => (
          <Select
            {...control}
            value={secure ? 'tls' : 'starttls'}
            disabled={isFixed}
            options={ENCRYPTION}
            onValueChange={(value) => setSecure(value === 'tls')}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="User" optional error={errorOf('user')}>
          {(control) => <Input {...control} {...text('user')} />}
        </Field>
        <Field
          label="Password"
          optional
          error={errorOf('password')}
          hint={settings.hasPassword ? 'One is kept, sealed. Leave this empty to keep it.' : 'Kept sealed.'}
        >
          {(control) => <Input {...control} {...text('password')} type="password" autoComplete="new-password" />}
        </Field>
      </div>
      <Field label="Sender" error={errorOf('from')}>
        {(control) => <Input {...control} {...text('from')} type="email" placeholder="headroom@example.org" />}
      </Field>
      {!isFixed && (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={isPending}>
            Save mail server
          </Button>
          {settings.source === 'console' && <RemoveButton remove={actions.remove} />}
        </div>
      )}
    </form>
  );
};
