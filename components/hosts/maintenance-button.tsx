'use client';

import { useQueryClient } from '@tanstack/react-query';
import { MoveRight, Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { lazily } from '@/components/ui/lazily';
import { toast } from '@/components/ui/toast';
import type { HostView } from '@/lib/domain/contract';
import type { MaintenanceActions } from './maintenance-actions';

const MaintenanceSheet = lazily(async () => (await import('./maintenance-sheet')).MaintenanceSheet);

interface MaintenanceButtonProps {
  readonly host: Pick<HostView, 'name' | 'state' | 'vmCount' | 'maintenanceSince'>;
  readonly actions: MaintenanceActions;
  readonly size?: 'sm' | 'md';
}

/** Starts or ends the maintenance of a host, as its state allows. */
export const MaintenanceButton = ({ host, actions, size = 'md' }: MaintenanceButtonProps) => {
  const client = useQueryClient();
  const [shown, setShown] = useState<'start' | 'end' | null>(null);
  const isIn = host.maintenanceSince !== null;
  const isLeftOver = host.state === 'maintenance' && host.vmCount > 0;
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
      {isLeftOver && (
        <Button size={size} aria-label={`Move the rest away from ${host.name}`} onClick={() => setShown('start')}>
          <MoveRight aria-hidden /> Move the rest
        </Button>
      )}
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
        description="New VMs may be placed on it again. What is under way is cancelled: it is undone, or goes on to its end where traffic has moved. What was moved away does not come back by itself."
        confirmLabel="End maintenance"
        onConfirm={end}
      />
    </>
  );
};
