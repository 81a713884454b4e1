'use client';

import Link from 'next/link';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { operationTitle } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { Callout } from '@/components/ui/callout';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Time } from '@/components/ui/time';
import type { OperationView } from '@/lib/domain/contract';
import { operationIs } from '@/lib/domain/operation';
import { servesClients } from '@/lib/domain/plan';
import type { OperationActions } from './operation-actions';
import { OperationButtons } from './operation-buttons';
import { ReceiptPanel } from './receipt-panel';
import { StepsList } from './steps-list';
import { logText } from './stream-state';
import { TimeLeft } from './time-left';
import { useOperation } from './use-operation';

const Facts = ({ operation }: { readonly operation: OperationView }) => (
  <Panel title="About">
    <DescriptionList>
      <Description term="Cluster">
        <Link prefetch={false} href={`/clusters/${operation.cluster.name}`} className="underline underline-offset-2">
          {operation.cluster.name}
        </Link>
      </Description>
      <Description term="Asked for by">{operation.requestedBy}</Description>
      <Description term="Reason">{operation.reason === '' ? 'none given' : operation.reason}</Description>
      {operation.approvedBy !== null && <Description term="Approved by">{operation.approvedBy}</Description>}
      <Description term="Began">
        {operation.startedAt === null ? 'not yet' : <Time at={operation.startedAt} format="full" />}
      </Description>
      {operation.endedAt !== null && (
        <Description term="Ended">
          <Time at={operation.endedAt} format="full" />
        </Description>
      )}
      <Description term="Failover mode">{operation.plan.mode}</Description>
    </DescriptionList>
  </Panel>
);

const Outcome = ({ operation }: { readonly operation: OperationView }) => {
  if (!operationIs.ended(operation.state) || operation.state === 'done' || operation.summary === null) return null;
  return (
    <Callout tone={operation.state === 'stuck' ? 'bad' : 'warn'} title={`Ended ${operation.state}`}>
      {operation.summary}
    </Callout>
  );
};

interface OperationDetailProps {
  readonly initial: OperationView;
  readonly actions: OperationActions;
}

/** An operation as it goes, and what clients saw of it. */
export const OperationDetail = ({ initial, actions }: OperationDetailProps) => {
  const { operation, log } = useOperation(initial);
  const title = operationTitle(operation.kind, operation.cluster.name);
  const isActive = operationIs.active(operation.state);
  const { stepsDone, stepsTotal } = operation;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Clusters', href: '/clusters' },
          { label: operation.cluster.name, href: `/clusters/${operation.cluster.name}` },
        ]}
        title={title}
        aside={<OperationStatus state={operation.state} />}
        actions={<OperationButtons operation={operation} actions={actions} />}
      />
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-3">
          <Progress
            value={stepsTotal === 0 ? null : stepsDone / stepsTotal}
            label={`Steps of ${title}`}
            tone={operation.state === 'done' ? 'ok' : operation.state === 'stuck' ? 'bad' : 'accent'}
          />
          <span className="flex shrink-0 gap-1.5 text-fg-3 text-xs">
            <span>
              {stepsDone} of {stepsTotal} steps
            </span>
            {isActive && <TimeLeft operation={operation} />}
          </span>
        </div>
        <p aria-live="polite" className="sr-only">
          {isActive ? `${stepsDone} of ${stepsTotal} steps done` : `The operation ended ${operation.state}.`}
        </p>
        <Outcome operation={operation} />
        {operation.receipt !== null && servesClients(operation.kind) && (
          <ReceiptPanel operation={operation} receipt={operation.receipt} />
        )}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Panel title="Steps" flush>
            <StepsList steps={operation.steps} />
          </Panel>
          <div className="flex min-w-0 flex-col gap-4">
            <Facts operation={operation} />
            <Panel title="Plan" description="As it was accepted">
              <PlanPreview preview={{ plan: operation.plan }} isCurrent />
            </Panel>
            <Panel title="Log">
              <details open={isActive || undefined}>
                <summary className="cursor-pointer rounded-sm text-fg-2 text-sm">{log.length} entries</summary>
                <ol
                  aria-label="Log, newest first"
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
                  tabIndex={0}
                  className="mt-2 flex max-h-80 flex-col gap-1 overflow-y-auto text-xs"
                >
                  {log.toReversed().map((entry) => (
                    <li key={entry.seq} className="flex gap-2">
                      <span className="shrink-0 text-fg-3 tabular-nums">
                        <Time at={entry.at} format="clock" />
                      </span>
                      <span className="min-w-0 break-words">{logText(entry)}</span>
                    </li>
                  ))}
                </ol>
              </details>
            </Panel>
          </div>
        </div>
      </div>
    </>
  );
};
