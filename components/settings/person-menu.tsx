'use client';

import { Ellipsis, KeyRound, ShieldOff, UserCheck, UserCog, UserX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { UserView } from '@/lib/domain/contract';
import type { PeopleActions } from './people-actions';
import { DisablePersonDialog, EnablePersonDialog, PasswordDialog, RoleDialog } from './person-dialogs';
import { ResetTwoFactorDialog } from './reset-two-factor-dialog';

interface PersonMenuProps {
  readonly person: UserView;
  readonly isSelf: boolean;
  readonly actions: Pick<PeopleActions, 'update' | 'resetTwoFactor'>;
}

type Shown = 'role' | 'password' | 'two-factor' | 'disable' | 'enable' | null;

/** What may be done to one person. */
export const PersonMenu = ({ person, isSelf, actions }: PersonMenuProps) => {
  const [shown, setShown] = useState<Shown>(null);
  const dialog = { person, isSelf, update: actions.update, onClose: () => setShown(null) };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="iconSm" aria-label={`Actions for ${person.email}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setShown('role')}>
            <UserCog aria-hidden /> Change role…
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setShown('password')}>
            <KeyRound aria-hidden /> Set password…
          </DropdownMenuItem>
          {person.twoFactor && (
            <DropdownMenuItem onSelect={() => setShown('two-factor')}>
              <ShieldOff aria-hidden /> Reset two-factor…
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          {person.disabledAt === null ? (
            <DropdownMenuItem danger onSelect={() => setShown('disable')}>
              <UserX aria-hidden /> Disable…
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem onSelect={() => setShown('enable')}>
              <UserCheck aria-hidden /> Enable…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {shown === 'role' && <RoleDialog {...dialog} />}
      {shown === 'password' && <PasswordDialog {...dialog} />}
      {shown === 'two-factor' && <ResetTwoFactorDialog {...dialog} reset={actions.resetTwoFactor} />}
      {shown === 'disable' && <DisablePersonDialog {...dialog} />}
      {shown === 'enable' && <EnablePersonDialog {...dialog} />}
    </>
  );
};
