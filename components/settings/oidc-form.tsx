'use client';

import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ActionResult } from '@/lib/domain/action-result';
import type { OidcSettingsView, SetOidcSettings } from '@/lib/domain/contract';
import { ROLES, type Role } from '@/lib/domain/role';
import { ROLE_OPTIONS } from './role-options';
import { RoleRules } from './role-rules';
import { RemoveSetting, SettingForm, useDraft, useSaving } from './setting-form';

interface OidcFormProps {
  readonly settings: OidcSettingsView;
  /** What the provider has to be told. */
  readonly redirectUri: string;
  readonly actions: {
    readonly save: (input: SetOidcSettings) => Promise<ActionResult<OidcSettingsView>>;
    readonly remove: () => Promise<ActionResult<OidcSettingsView>>;
  };
}

const NOBODY = 'nobody';
const DEFAULT_OPTIONS = [{ value: NOBODY, label: 'nobody comes in', description: 'Refused' }, ...ROLE_OPTIONS];
const roleOf = (value: string): Role | null => ROLES.find((role) => role === value) ?? null;

export const OidcForm = ({ settings, redirectUri, actions }: OidcFormProps) => {
  const isFixed = settings.source === 'environment';
  const { draft, text } = useDraft(
    {
      label: settings.label,
      issuer: settings.issuer,
      clientId: settings.clientId,
      clientSecret: '',
      roleClaim: settings.roleClaim,
    },
    isFixed,
  );
  const [rules, setRules] = useState<SetOidcSettings['roles']>(settings.roles);
  const [defaultRole, setDefaultRole] = useState<Role | null>(settings.defaultRole);
  const { form, errorOf } = useSaving(() => {
    const { clientSecret, ...plain } = draft;
    const secret = clientSecret === '' ? {} : { clientSecret };
    return actions.save({ ...plain, ...secret, roles: [...rules], defaultRole });
  }, 'People can come in by single sign-on');
  return (
    <SettingForm
      {...form}
      fixedBy={isFixed ? 'HEADROOM_OIDC_ISSUER' : null}
      saveLabel="Save single sign-on"
      removal={
        settings.source === 'console' && (
          <RemoveSetting
            label="Turn off"
            title="Turn single sign-on off?"
            description="Nobody comes in by it any more; who has no password here stays out. Sessions go on."
            done="Single sign-on is off"
            remove={actions.remove}
          />
        )
      }
    >
      <Field label="Redirect address" hint="Register it with your provider.">
        {(control) => (
          <div className="flex items-center gap-2">
            <Input {...control} readOnly value={redirectUri} className="font-mono text-xs" />
            <CopyButton text={redirectUri} label="Copy the redirect address" />
          </div>
        )}
      </Field>
      <Field label="Issuer" error={errorOf('issuer')}>
        {(control) => <Input {...control} {...text('issuer')} type="url" placeholder="https://id.example.org" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Client id" error={errorOf('clientId')}>
          {(control) => <Input {...control} {...text('clientId')} />}
        </Field>
        <Field
          label="Client secret"
          error={errorOf('clientSecret')}
          hint={settings.hasClientSecret ? 'One is kept, sealed. Leave this empty to keep it.' : 'Kept sealed.'}
        >
          {(control) => <Input {...control} {...text('clientSecret')} type="password" autoComplete="new-password" />}
        </Field>
        <Field label="Name on the sign-in page" error={errorOf('label')}>
          {(control) => <Input {...control} {...text('label')} />}
        </Field>
        <Field label="Claim with the roles" hint="Dots lead into objects." error={errorOf('roleClaim')}>
          {(control) => <Input {...control} {...text('roleClaim')} className="font-mono" />}
        </Field>
      </div>
      <RoleRules rules={rules} onChange={(next) => setRules([...next])} disabled={isFixed} />
      {errorOf('roles') !== undefined && (
        <p role="alert" className="text-bad text-xs">
          {errorOf('roles')}
        </p>
      )}
      <Field label="Where no rule fits">
        {(control) => (
          <Select
            {...control}
            value={defaultRole ?? NOBODY}
            disabled={isFixed}
            options={DEFAULT_OPTIONS}
            onValueChange={(value) => setDefaultRole(roleOf(value))}
          />
        )}
      </Field>
    </SettingForm>
  );
};
