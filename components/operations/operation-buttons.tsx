'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '@/components/live/keys';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { OperationView } from '@/lib/domain/contract';
import { operationCan } from '@/lib/domain/operation';
import type { OperationActions } from './operation-actions';

interface ButtonsProps {
  readonly operation: OperationView;
  readonly actions: OperationActions;
}

const TEXT = {
  cancel: {
    label: 'Cancel operation',
    title: 'Cancel this operation?',
    description: 'What was built is taken away again. Once traffic has moved, it goes on to its end instead.',
    done: 'Cancellation asked for',
  },
  retry: {
    label: 'Try again',
    title: 'Try this operation again?',
    description: 'It goes on from where it stopped; every failed step gets its attempts again.',
    done: 'It goes on',
  },
} as const;

/** Cancels what is under way, or drives what is stuck on; only what is possible now is offered. */
export const OperationButtons = ({ operation, actions }: ButtonsProps) => {
  const client = useQueryClient();
  const [asked, setAsked] = useState<keyof typeof TEXT | null>(null);
  const canCancel = actions.cancel !== null && operationCan.cancel(operation.state);
  const canRetry = actions.retry !== null && operationCan.retry(operation.state);
  const act = async (kind: keyof typeof TEXT): Promise<boolean> => {
    const answer = await actions[kind]?.({ operation: operation.id });
    if (answer === undefined || !answer.ok) {
      toast.error(answer === undefined ? 'This is not yours to do.' : answer.error.message);
      return true;
    }
    toast.success(TEXT[kind].done);
    void client.invalidateQueries({ queryKey: keys.operation(operation.id) });
    return true;
  };
  return (
    <>
      {canCancel && (
        <Button disabled={operation.cancelRequested} onClick={() => setAsked('cancel')}>
          {operation.cancelRequested ? 'Cancelling…' : TEXT.cancel.label}
        </Button>
      )}
      {canRetry && (
        <Button variant="primary" onClick={() => setAsked('retry')}>
          {TEXT.retry.label}
        </Button>
      )}
      {asked !== null && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={TEXT[asked].title}
          description={TEXT[asked].description}
          confirmLabel={TEXT[asked].label}
          danger={asked === 'cancel'}
          onConfirm={() => act(asked)}
        />
      )}
    </>
  );
};
