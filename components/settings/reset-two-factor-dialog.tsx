'use client';

import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { UserView } from '@/lib/domain/contract';
import type { PeopleActions } from './people-actions';

interface ResetTwoFactorDialogProps {
  readonly person: UserView;
  readonly reset: PeopleActions['resetTwoFactor'];
  readonly onClose: () => void;
}

/** For who lost their authenticator and their recovery codes. */
export const ResetTwoFactorDialog = ({ person, reset, onClose }: ResetTwoFactorDialogProps) => {
  const router = useRouter();
  const confirm = async (): Promise<boolean> => {
    const answer = await reset(person.id);
    if (answer.ok) toast.success(`${person.email} signs in without a code`);
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={(open) => !open && onClose()}
      title="Reset two-factor?"
      description={`${person.email} is signed out everywhere and signs in with the password alone. Make sure that it is them who ask.`}
      confirmLabel="Reset two-factor"
      onConfirm={confirm}
    />
  );
};
