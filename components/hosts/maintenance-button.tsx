'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { HostView } from '@/lib/domain/contract';
import type { MaintenanceActions } from './maintenance-actions';
import { MaintenanceSheet } from './maintenance-sheet';

interface MaintenanceButtonProps {
  readonly host: Pick<HostView, 'name' | 'state'>;
  readonly actions: MaintenanceActions;
  readonly size?: 'sm' | 'md';
}

/** Starts or ends the maintenance of a host, as its state allows. */
export const MaintenanceButton = ({ host, actions, size = 'md' }: MaintenanceButtonProps) => {
  const client = useQueryClient();
  const [shown, setShown] = useState<'start' | 'end' | null>(null);
  const isIn = host.state === 'maintenance';
  const close = (open: boolean): void => {
    if (!open) setShown(null);
  };
  const end = async (): Promise<boolean> => {
    const answer = await actions.change({ host: host.name, enabled: false, reason: '' });
    if (answer.ok) toast.success(`${host.name} takes VMs again`);
    else toast.error(answer.error.message);
    void client.invalidateQueries({ queryKey: ['hosts'] });
    return answer.ok;
  };
  if (host.state !== 'up' && !isIn) return null;
  return (
    <>
      <Button
        size={size}
        aria-label={`${isIn ? 'End maintenance' : 'Maintenance'} of ${host.name}`}
        onClick={() => setShown(isIn ? 'end' : 'start')}
      >
        <Wrench aria-hidden /> {isIn ? 'End maintenance' : 'Maintenance'}
      </Button>
      <MaintenanceSheet host={host.name} open={shown === 'start'} onOpenChange={close} actions={actions} />
      <ConfirmDialog
        open={shown === 'end'}
        onOpenChange={close}
        title={`End maintenance of ${host.name}?`}
        description="New VMs may be placed on it again. What was moved away does not come back by itself."
        confirmLabel="End maintenance"
        onConfirm={end}
      />
    </>
  );
};
