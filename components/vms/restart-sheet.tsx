'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { usePreview } from '@/components/clusters/use-preview';
import { ActSection, ActSheet } from '@/components/ui/act-sheet';
import { toast } from '@/components/ui/toast';
import type { VmActions } from './vm-actions';

interface RestartSheetProps {
  readonly cluster: string;
  /** The node's name. */
  readonly node: string;
  readonly actions: NonNullable<VmActions['restart']>;
  readonly onClose: () => void;
}

/** Restarts the application of one node, after showing how. */
export const RestartSheet = ({ cluster, node, actions, onClose }: RestartSheetProps) => {
  const client = useQueryClient();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const asked = usePreview(JSON.stringify({ cluster, input: { node } }), ask);
  const isReady = asked.isCurrent && asked.preview !== null && 'plan' in asked.preview;
  const start = (): void =>
    startTransition(async () => {
      const answer = await actions.start({ cluster, input: { node, ...(reason === '' ? {} : { reason }) } });
      if (!answer.ok) {
        setRefusal(answer.error.message);
        return;
      }
      void client.invalidateQueries({ queryKey: ['operations'] });
      toast.success(`The application on ${node} restarts`);
      onClose();
      router.push(`/operations/${answer.value.operationId}`);
    });
  return (
    <ActSheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Restart the application on ${node}`}
      description="Requests in progress are finished first. The VM goes on running."
      label="Restart"
      isReady={isReady}
      isPending={isPending}
      onStart={start}
      reason={reason}
      onReason={setReason}
      refusal={refusal}
    >
      <ActSection id="plan" title="What will be done">
        <PlanPreview {...asked} />
      </ActSection>
    </ActSheet>
  );
};
