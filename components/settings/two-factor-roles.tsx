'use client';

import { useRouter } from 'next/navigation';
import { useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { SignInSettings } from '@/lib/domain/contract';
import { ROLES, type Role } from '@/lib/domain/role';

interface TwoFactorRolesProps {
  readonly settings: SignInSettings;
  readonly save: (input: SignInSettings) => Promise<ActionResult<SignInSettings>>;
}

const RoleBox = (props: { readonly role: Role; readonly isOn: boolean; readonly onChange: (on: boolean) => void }) => {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Checkbox id={id} checked={props.isOn} onCheckedChange={props.onChange} />
      <label htmlFor={id} className="text-fg text-sm">
        {props.role}
      </label>
    </div>
  );
};

/** Which roles need a second factor. */
export const TwoFactorRoles = ({ settings, save }: TwoFactorRolesProps) => {
  const router = useRouter();
  const [roles, setRoles] = useState<readonly Role[]>(settings.twoFactorRoles);
  const [isPending, startTransition] = useTransition();
  const submit = (): void =>
    startTransition(async () => {
      const answer = await save({ twoFactorRoles: [...roles] });
      if (answer.ok) toast.success('Sign-in asks for it from now on');
      else toast.error(answer.error.message);
      router.refresh();
    });
  return (
    <form
      className="flex flex-col items-start gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset className="flex flex-wrap gap-x-6 gap-y-3">
        <legend className="mb-2 font-medium text-fg text-xs">Roles that need it</legend>
        {ROLES.map((role) => (
          <RoleBox
            key={role}
            role={role}
            isOn={roles.includes(role)}
            onChange={(on) => setRoles(on ? [...roles, role] : roles.filter((other) => other !== role))}
          />
        ))}
      </fieldset>
      <Button type="submit" variant="primary" pending={isPending}>
        Save roles
      </Button>
    </form>
  );
};
