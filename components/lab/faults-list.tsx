'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTransition } from 'react';
import { labQuery } from '@/components/live/queries';
import { Status, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { LabFaultView, Page } from '@/lib/domain/contract';
import { type LabFaultState, labFaultCan } from '@/lib/domain/lab-fault';
import type { LabActions } from './lab-actions';
import { faultText } from './lab-text';

const TONE: Readonly<Record<LabFaultState, Tone>> = {
  requested: 'busy',
  active: 'bad',
  restoring: 'busy',
  ended: 'idle',
  failed: 'warn',
};

interface FaultsListProps {
  readonly initial: Page<LabFaultView>;
  /** Null for those who may not. */
  readonly restore: LabActions['restore'] | null;
}

const Fault = ({ fault, restore }: { readonly fault: LabFaultView; readonly restore: FaultsListProps['restore'] }) => {
  const client = useQueryClient();
  const [isPending, startTransition] = useTransition();
  const makeGood = (act: LabActions['restore']): void => {
    startTransition(async () => {
      const answer = await act(fault.id);
      if (!answer.ok) toast.error(answer.error.message);
      void client.invalidateQueries({ queryKey: ['lab'] });
    });
  };
  return (
    <li className="flex items-start justify-between gap-4 border-b px-4 py-3 last:border-0">
      <div className="min-w-0">
        <p className="font-medium text-sm">{faultText(fault)}</p>
        <p className="mt-0.5 text-fg-3 text-xs">
          <Status tone={TONE[fault.state]}>{fault.state}</Status> · {fault.requestedBy} ·{' '}
          <Time at={fault.appliedAt ?? fault.requestedAt} />
          {fault.reason !== '' && ` · ${fault.reason}`}
        </p>
        {fault.detail !== null && <p className="mt-0.5 text-fg-2 text-xs">{fault.detail}</p>}
      </div>
      {restore !== null && labFaultCan.restore(fault.state) && (
        <Button
          size="sm"
          pending={isPending}
          aria-label={`Restore: ${faultText(fault)}`}
          onClick={() => makeGood(restore)}
        >
          Restore
        </Button>
      )}
    </li>
  );
};

/** What was done to the lab on purpose; what lasts may be made good. */
export const FaultsList = ({ initial, restore }: FaultsListProps) => {
  const { data, error, refetch } = useQuery({ ...labQuery(), initialData: initial });
  if (error !== null) return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="px-4 py-5 text-fg-3 text-sm">Nothing was hurt on purpose yet.</p>;
  return (
    <ul aria-live="polite">
      {data.items.map((fault) => (
        <Fault key={fault.id} fault={fault} restore={restore} />
      ))}
    </ul>
  );
};
