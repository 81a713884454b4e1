import { CircleCheck, TriangleAlert } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Stat } from '@/components/ui/description-list';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { ReceiptView } from '@/lib/domain/contract';
import { formatCount } from './stream-state';

/** What clients saw at the virtual address while the operation ran, as the prober there counted it. */
export const ReceiptPanel = ({ receipt }: { readonly receipt: ReceiptView }) => {
  const isClean = receipt.failed === 0;
  const Icon = isClean ? CircleCheck : TriangleAlert;
  return (
    <Panel title="Receipt" description="What clients saw at the virtual address meanwhile">
      <p className={cn('mb-4 flex items-center gap-2 font-medium', isClean ? 'text-ok' : 'text-warn')}>
        <Icon aria-hidden className="size-5" />
        {isClean ? 'No request failed.' : `${formatCount(receipt.failed)} requests failed.`}
      </p>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label="Requests" value={formatCount(receipt.requests)} note="sent through the VIP" />
        <Stat label="Failed" value={formatCount(receipt.failed)} />
        <Stat
          label="Longest gap"
          value={formatDuration(receipt.longestGapMs)}
          note={`${formatCount(Math.round(receipt.longestGapMs))} ms`}
        />
        <Stat
          label="Window"
          value={formatDuration(Date.parse(receipt.endedAt) - Date.parse(receipt.startedAt))}
          note={<Time at={receipt.startedAt} format="clock" />}
        />
      </div>
    </Panel>
  );
};
