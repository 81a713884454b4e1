import { ArrowRight } from 'lucide-react';
import { PlanCost } from '@/components/cost/plan-cost';
import { formatShape } from '@/components/states/shape-text';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { formatDuration } from '@/components/ui/time-text';
import type { ActionError } from '@/lib/domain/action-result';
import type { PlanView } from '@/lib/domain/contract';
import { placementOf } from './cluster-facts';

export type Preview = { readonly plan: PlanView } | { readonly error: ActionError } | null;

const Moves = ({ plan }: { readonly plan: PlanView }) => {
  const pairs = plan.pairing.filter(({ from }) => from !== null);
  if (pairs.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5 px-3 py-2.5">
      {pairs.map(({ from, to }) => (
        <li key={from} className="flex items-center gap-1.5">
          <span>{from}</span>
          <ArrowRight aria-label="hands over to" className="size-3 text-fg-3" />
          <span>{to ?? 'the others'}</span>
        </li>
      ))}
    </ul>
  );
};

const Plan = ({ plan }: { readonly plan: PlanView }) => (
  <div className="divide-y rounded-md border text-sm">
    <Moves plan={plan} />
    {placementOf(plan).map(({ host, site, vms }) => (
      <div key={host} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-3 py-2">
        <span className="font-medium">
          {host} <span className="font-normal text-fg-3 text-xs">{site}</span>
        </span>
        <ul className="flex flex-col items-end gap-0.5 text-fg-2 text-xs">
          {vms.map((vm) => (
            <li key={vm.vmId} className="flex items-center gap-2">
              {vm.role === 'spare' && <Badge>spare</Badge>}
              <span className="text-fg">{vm.name}</span> {formatShape(vm.shape)}
            </li>
          ))}
        </ul>
      </div>
    ))}
    <div className="px-3 py-2 text-fg-2 text-xs">
      {plan.kind !== 'create' && (
        <p>
          {plan.expectedOutageMs === 0
            ? 'No outage is expected.'
            : `Expected outage: about ${formatDuration(plan.expectedOutageMs)}.`}
        </p>
      )}
      {plan.kind !== 'create' && plan.extraWhileRunning.vcpus > 0 && (
        <p>Takes {formatShape(plan.extraWhileRunning)} more while it runs.</p>
      )}
      {plan.cost !== undefined && <PlanCost cost={plan.cost} />}
      <details className="mt-1">
        <summary className="cursor-pointer rounded-sm text-fg-2 hover:text-fg">{plan.steps.length} steps</summary>
        <ol className="mt-1 list-decimal pl-5">
          {plan.steps.map((step) => (
            <li key={step.id}>{step.title}</li>
          ))}
        </ol>
      </details>
    </div>
  </div>
);

interface PlanPreviewProps {
  readonly preview: Preview;
  /** False while the planner is asked anew. */
  readonly isCurrent: boolean;
}

/** What would be done, or why it cannot be: told by the planner, not guessed by the form. */
export const PlanPreview = ({ preview, isCurrent }: PlanPreviewProps) => (
  <div
    aria-live="polite"
    aria-busy={!isCurrent}
    className={cn('transition-opacity', preview !== null && !isCurrent && 'opacity-60')}
  >
    {preview === null && (
      <div role="status" aria-label="Planning" className="flex flex-col gap-2">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    )}
    {preview !== null && 'plan' in preview && <Plan plan={preview.plan} />}
    {preview !== null && 'error' in preview && (
      <Callout
        tone="bad"
        title={preview.error.code === 'no_capacity' ? 'There is not enough room' : 'This is not possible now'}
      >
        <ul className="flex flex-col gap-0.5">
          {preview.error.message.split('; ').map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      </Callout>
    )}
  </div>
);
