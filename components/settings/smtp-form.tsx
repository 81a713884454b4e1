'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ActionResult } from '@/lib/domain/action-result';
import type { SetSmtpSettings, SmtpSettingsView } from '@/lib/domain/contract';
import { RemoveSetting, SettingForm, useDraft, useSaving } from './setting-form';

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

export const SmtpForm = ({ settings, actions }: SmtpFormProps) => {
  const isFixed = settings.source === 'environment';
  const { draft, text } = useDraft(
    {
      host: settings.host,
      port: String(settings.port),
      user: settings.user,
      password: '',
      from: settings.from,
    },
    isFixed,
  );
  const [secure, setSecure] = useState(settings.secure);
  const { form, errorOf } = useSaving(() => {
    const { password, port, ...plain } = draft;
    const secret = password === '' ? {} : { password };
    return actions.save({ ...plain, ...secret, port: Number(port), secure });
  }, 'Mails are sent by it from now on');
  return (
    <SettingForm
      {...form}
      fixedBy={isFixed ? 'HEADROOM_SMTP_URL' : null}
      saveLabel="Save mail server"
      removal={
        settings.source === 'console' && (
          <RemoveSetting
            label="Remove"
            title="Remove the mail server?"
            description="Notifications by mail and statements fail until there is one again. Webhooks go on."
            done="No mail is sent any more"
            remove={actions.remove}
          />
        )
      }
    >
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
    </SettingForm>
  );
};
