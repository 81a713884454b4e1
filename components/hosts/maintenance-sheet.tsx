'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useTransition } from 'react';
import { ActSection, ActSheet } from '@/components/ui/act-sheet';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DialogClose, Sheet } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import type { ActionError } from '@/lib/domain/action-result';
import type { MaintenanceAccepted, PlanView } from '@/lib/domain/contract';
import { EvacuationPlan } from './evacuation-plan';
import { EvacuationProgress } from './evacuation-progress';
import type { MaintenanceActions } from './maintenance-actions';

interface MaintenanceSheetProps {
  readonly host: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly actions: MaintenanceActions;
}

interface FormProps extends MaintenanceSheetProps {
  readonly onAccepted: (accepted: MaintenanceAccepted) => void;
}

type Preview = { readonly plans: readonly PlanView[] } | { readonly error: ActionError } | null;

const useForm = ({ host, actions, onAccepted }: FormProps) => {
  const client = useQueryClient();
  const [preview, setPreview] = useState<Preview>(null);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();

  useEffect(() => {
    let isCurrent = true;
    void actions.preview(host).then((answer) => {
      if (isCurrent) setPreview(answer.ok ? { plans: answer.value } : { error: answer.error });
    });
    return () => {
      isCurrent = false;
    };
  }, [host, actions]);

  const start = (): void => {
    startTransition(async () => {
      setRefusal(null);
      const answer = await actions.change({ host, enabled: true, reason });
      if (!answer.ok) {
        setRefusal(answer.error.message);
        return;
      }
      void client.invalidateQueries({ queryKey: ['hosts'] });
      onAccepted(answer.value);
    });
  };
  return { preview, reason, setReason, refusal, isPending, start };
};

const MaintenanceForm = (props: FormProps) => {
  const { preview, reason, setReason, refusal, isPending, start } = useForm(props);
  const { host, open, onOpenChange } = props;
  return (
    <ActSheet
      open={open}
      onOpenChange={onOpenChange}
      title={`Maintenance of ${host}`}
      description="New VMs stay away from it, and what runs there is replaced elsewhere by failover."
      label="Start maintenance"
      isReady={preview !== null && !('error' in preview)}
      isPending={isPending}
      onStart={start}
      reason={reason}
      onReason={setReason}
      reasonHint="Written to the audit trail and to every operation."
      refusal={refusal}
    >
      <ActSection id="evacuation" title="What will move">
        {preview === null && (
          <div role="status" aria-label="Planning" className="flex flex-col gap-2">
            <Skeleton className="h-14" />
            <Skeleton className="h-14" />
          </div>
        )}
        {preview !== null && 'plans' in preview && <EvacuationPlan plans={preview.plans} host={host} />}
        {preview !== null && 'error' in preview && (
          <Callout tone="bad" role="alert" title="This is not possible now">
            {preview.error.message}
          </Callout>
        )}
      </ActSection>
    </ActSheet>
  );
};

/** Shows what would move before anything does; afterwards how it goes. */
export const MaintenanceSheet = (props: MaintenanceSheetProps) => {
  const [accepted, setAccepted] = useState<MaintenanceAccepted | null>(null);
  const { host, open, onOpenChange } = props;
  if (!open) return null;
  if (accepted === null) return <MaintenanceForm {...props} onAccepted={setAccepted} />;
  const change = (next: boolean): void => {
    if (!next) setAccepted(null);
    onOpenChange(next);
  };
  return (
    <Sheet
      open={open}
      onOpenChange={change}
      title={`${host} is in maintenance`}
      description={
        accepted.operations.length === 0
          ? 'Nothing had to move: it may be worked on now.'
          : 'It may be worked on when everything below is done. This goes on when you close it.'
      }
      footer={
        <DialogClose>
          <Button variant="primary">Close</Button>
        </DialogClose>
      }
    >
      {accepted.operations.length > 0 && <EvacuationProgress ids={accepted.operations.map(({ id }) => id)} />}
    </Sheet>
  );
};
