import { CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { operationTitle, receiptText } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { cn } from '@/components/ui/cn';
import { Progress } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import type { OperationSummary, ReceiptView } from '@/lib/domain/contract';
import { operationIs } from '@/lib/domain/operation';
import { servesClients } from '@/lib/domain/plan';

/** What clients saw: the mark says at a glance whether any request failed. */
export const Receipt = ({ receipt }: { readonly receipt: ReceiptView }) => {
  const isClean = receipt.failed === 0;
  const Icon = isClean ? CircleCheck : TriangleAlert;
  return (
    <span className={cn('inline-flex items-start gap-1 text-xs', isClean ? 'text-fg-2' : 'text-warn')}>
      <Icon aria-hidden className={cn('mt-0.5 size-3.5 shrink-0', isClean && 'text-ok')} />
      {receiptText(receipt)}
    </span>
  );
};

/** An operation in a list: under way with its progress, ended with its receipt. */
export const OperationRow = ({ operation }: { readonly operation: OperationSummary }) => {
  const { id, kind, cluster, state, stepsDone, stepsTotal, reason, requestedBy, receipt } = operation;
  const isActive = operationIs.active(state);
  return (
    <li className="relative flex flex-col gap-1 border-b px-4 py-2.5 last:border-0 hover:bg-subtle/60">
      <div className="flex items-center justify-between gap-3">
        <Link
          prefetch={false}
          href={`/operations/${id}`}
          className="min-w-0 truncate rounded-sm font-medium text-fg after:absolute after:inset-0 focus-visible:after:outline-2"
        >
          {operationTitle(kind, cluster.name)}
        </Link>
        <span className="text-xs">
          <OperationStatus state={state} />
        </span>
      </div>
      {isActive && (
        <div className="flex items-center gap-3">
          <Progress
            value={stepsTotal === 0 ? null : stepsDone / stepsTotal}
            label={`Steps of ${operationTitle(kind, cluster.name)}`}
          />
          <span className="shrink-0 text-fg-3 text-xs">
            {stepsDone} of {stepsTotal} steps
          </span>
        </div>
      )}
      {receipt !== null && servesClients(kind) && <Receipt receipt={receipt} />}
      <p className="relative flex min-w-0 gap-1 text-fg-3 text-xs">
        <Time at={operation.endedAt ?? operation.startedAt ?? operation.createdAt} />
        <span className="truncate">
          · {requestedBy}
          {reason !== '' && ` · ${reason}`}
        </span>
      </p>
    </li>
  );
};
