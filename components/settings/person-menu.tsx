'use client';

import { Ellipsis, KeyRound, UserCheck, UserCog, UserX } from 'lucide-react';
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

interface PersonMenuProps {
  readonly person: UserView;
  readonly isSelf: boolean;
  readonly update: PeopleActions['update'];
}

type Shown = 'role' | 'password' | 'disable' | 'enable' | null;

/** What may be done to one person. */
export const PersonMenu = ({ person, isSelf, update }: PersonMenuProps) => {
  const [shown, setShown] = useState<Shown>(null);
  const dialog = { person, isSelf, update, onClose: () => setShown(null) };
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
      {shown === 'disable' && <DisablePersonDialog {...dialog} />}
      {shown === 'enable' && <EnablePersonDialog {...dialog} />}
    </>
  );
};
