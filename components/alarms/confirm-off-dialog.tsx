'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Term } from '@/components/terms/term';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { AlarmActions, Confirmable } from './alarm-actions';

interface ConfirmOffDialogProps {
  readonly noun: Confirmable;
  /** The host's name, or the VM's id. */
  readonly subject: string;
  readonly name: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly confirmOff: NonNullable<AlarmActions['confirmOff']>;
}

const TEXT = {
  host: {
    description:
      'Confirm it only if you know: you saw it, or cut its power. What ran on it starts elsewhere at once, with its data. Were the host still running, the same work would be done twice.',
    done: 'what ran on it starts elsewhere',
  },
  vm: {
    description:
      'Confirm it only if you know that it no longer runs: its host did not say so. It is replaced at once. Were it still running, the same work would be done twice until its host ends it.',
    done: 'it is replaced',
  },
} as const;

/** The decision that only a person can take: that a host or VM of which nothing proves it is off. */
export const ConfirmOffDialog = ({ noun, subject, name, open, onOpenChange, confirmOff }: ConfirmOffDialogProps) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirm = async (): Promise<boolean> => {
    const answer = await confirmOff({ noun, subject, confirmName: name, reason });
    setRefusal(answer.ok ? null : answer.error.message);
    if (!answer.ok) return false;
    for (const noun of ['hosts', 'alarms', 'clusters']) void client.invalidateQueries({ queryKey: [noun] });
    toast.success(`${name} counts as off; ${TEXT[noun].done}`);
    return true;
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Is ${name} off?`}
      description={TEXT[noun].description}
      confirmLabel="It is off"
      danger
      typeToConfirm={name}
      onConfirm={confirm}
    >
      <Field
        label="How do you know?"
        hint={
          <>
            Kept as the proof of the <Term name="fence">fence</Term>, and in the audit trail.
          </>
        }
      >
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
