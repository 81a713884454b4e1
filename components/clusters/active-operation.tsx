'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { operationQuery } from '@/components/live/queries';
import { operationNoun, operationTitle } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import type { ClusterView } from '@/lib/domain/contract';

interface ActiveOperationProps {
  readonly clusterName: string;
  readonly operation: NonNullable<ClusterView['activeOperation']>;
}

/** What is under way, step by step as it goes. */
export const ActiveOperation = ({ clusterName, operation }: ActiveOperationProps) => {
  const { data } = useQuery(operationQuery(operation.id));
  const { id, kind } = operation;
  const title =
    data === undefined ? `${operationNoun(kind)} of ${clusterName}` : operationTitle(data.kind, clusterName);
  const running = (data?.steps ?? []).filter((step) => step.state === 'running' || step.state === 'undoing');
  const isCounted = data !== undefined && data.stepsTotal > 0;
  return (
    <Panel
      title={<span className="first-letter:uppercase">{title}</span>}
      actions={
        <>
          {data !== undefined && (
            <span className="text-xs">
              <OperationStatus state={data.state} />
            </span>
          )}
          <Button asChild size="sm">
            <Link prefetch={false} href={`/operations/${id}`}>
              Show steps
            </Link>
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-3">
        <Progress value={isCounted ? data.stepsDone / data.stepsTotal : null} label={`Steps of ${title}`} />
        {isCounted && (
          <span className="shrink-0 text-fg-3 text-xs">
            {data.stepsDone} of {data.stepsTotal} steps
          </span>
        )}
      </div>
      <p aria-live="polite" className="mt-2 min-h-5 text-fg-2 text-xs">
        {running.map((step) => step.title).join(' · ')}
      </p>
    </Panel>
  );
};
