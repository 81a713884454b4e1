import { CircleCheck, TriangleAlert } from 'lucide-react';
import { operationTitle } from '@/components/states/operation-text';
import { formatShape } from '@/components/states/shape-text';
import { cn } from '@/components/ui/cn';
import { Stat } from '@/components/ui/description-list';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { OperationView, ReceiptView } from '@/lib/domain/contract';
import { counted, nounFor } from '@/lib/domain/counted';
import { FailedRequests } from './failed-requests';
import { formatCount } from './stream-state';
import { TimelineFigure } from './timeline-figure';

type Needs = NonNullable<OperationView['plan']['after']>;

const sizeText = ({ nodes, shape }: Needs): string => `${nodes} × ${formatShape(shape)}`;

/** "2 × 1 vCPU · 256 MiB → 2 × 2 vCPU · 512 MiB": what the operation was about. */
const aboutText = ({ plan, kind, cluster }: OperationView): string => {
  const { before, after } = plan;
  if (before === null || after === null || sizeText(before) === sizeText(after)) {
    return after === null ? operationTitle(kind, cluster.name) : sizeText(after);
  }
  return `${sizeText(before)} → ${sizeText(after)}`;
};

interface ReceiptPanelProps {
  readonly operation: OperationView;
  readonly receipt: ReceiptView;
}

/** What clients saw at the virtual address while the operation ran, as the prober there counted it. */
export const ReceiptPanel = ({ operation, receipt }: ReceiptPanelProps) => {
  const isClean = receipt.failed === 0;
  const Icon = isClean ? CircleCheck : TriangleAlert;
  const tookMs = Date.parse(receipt.endedAt) - Date.parse(receipt.startedAt);
  return (
    <Panel title="Receipt" description="What clients saw at the virtual address meanwhile">
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <div className="min-w-0">
            <p className={cn('flex items-center gap-2 font-semibold text-2xl', isClean ? 'text-ok' : 'text-warn')}>
              <Icon aria-hidden className="size-7 shrink-0" />
              {isClean
                ? 'No request failed.'
                : `${formatCount(receipt.failed)} ${nounFor(receipt.failed, 'request')} failed.`}
            </p>
            <p className="mt-1 text-fg-2 text-sm">
              {operationTitle(operation.kind, operation.cluster.name)} · {aboutText(operation)}
            </p>
          </div>
          <p className="text-fg-3 text-xs sm:text-right">
            <Time at={receipt.endedAt} format="full" />
            <span className="block">
              {operation.requestedBy}
              {operation.reason !== '' && ` · ${operation.reason}`}
            </span>
          </p>
        </div>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Stat label="Requests" value={formatCount(receipt.requests)} note="sent through the VIP" />
          <Stat
            label="Failed"
            value={formatCount(receipt.failed)}
            note={receipt.requests === 0 ? undefined : `${((receipt.failed / receipt.requests) * 100).toFixed(2)} %`}
          />
          <Stat
            label="Longest gap"
            value={formatDuration(receipt.longestGapMs)}
            note={`${formatDuration(operation.plan.expectedOutageMs)} expected`}
          />
          <Stat label="Took" value={formatDuration(tookMs)} note={counted(operation.stepsDone, 'step')} />
        </div>
        <FailedRequests receipt={receipt} />
        <TimelineFigure operation={operation} />
      </div>
    </Panel>
  );
};
