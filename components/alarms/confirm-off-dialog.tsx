'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { AlarmActions } from './alarm-actions';

interface ConfirmOffDialogProps {
  readonly host: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly confirmOff: NonNullable<AlarmActions['confirmOff']>;
}

/** The decision that only a person can take: that a host which nobody can ask is off. */
export const ConfirmOffDialog = ({ host, open, onOpenChange, confirmOff }: ConfirmOffDialogProps) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirm = async (): Promise<boolean> => {
    const answer = await confirmOff({ host, confirmName: host, reason });
    setRefusal(answer.ok ? null : answer.error.message);
    if (!answer.ok) return false;
    for (const noun of ['hosts', 'alarms', 'clusters']) void client.invalidateQueries({ queryKey: [noun] });
    toast.success(`${host} counts as off; what ran on it starts elsewhere`);
    return true;
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Is ${host} off?`}
      description="Confirm it only if you know: you saw it, or cut its power. What ran on it starts elsewhere at once, with its data. Were the host still running, the same work would be done twice."
      confirmLabel="It is off"
      danger
      typeToConfirm={host}
      onConfirm={confirm}
    >
      <Field label="How do you know?" hint="Kept as the proof of the fence, and in the audit trail.">
        {(control) => (
          <Input
            {...control}
            required
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {refusal !== null && (
        <Callout tone="bad" role="alert">
          {refusal}
        </Callout>
      )}
    </ConfirmDialog>
  );
};
