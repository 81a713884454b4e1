'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { operationQuery } from '@/components/live/queries';
import { operationTitle } from '@/components/states/operation-text';
import { OperationStatus } from '@/components/states/states';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';

/** What is under way, step by step as it goes. */
export const ActiveOperation = ({ id }: { readonly id: string }) => {
  const { data: operation } = useQuery(operationQuery(id));
  if (operation === undefined) return null;
  const { kind, cluster, state, stepsDone, stepsTotal, steps } = operation;
  const title = operationTitle(kind, cluster.name);
  const running = steps.filter((step) => step.state === 'running' || step.state === 'undoing');
  return (
    <Panel
      title={title}
      actions={
        <>
          <span className="text-xs">
            <OperationStatus state={state} />
          </span>
          <Button asChild size="sm">
            <Link prefetch={false} href={`/operations/${id}`}>
              Show steps
            </Link>
          </Button>
        </>
      }
    >
      <div className="flex items-center gap-3">
        <Progress value={stepsTotal === 0 ? null : stepsDone / stepsTotal} label={`Steps of ${title}`} />
        <span className="shrink-0 text-fg-3 text-xs">
          {stepsDone} of {stepsTotal} steps
        </span>
      </div>
      <p className="mt-2 min-h-5 text-fg-2 text-xs">{running.map((step) => step.title).join(' · ')}</p>
    </Panel>
  );
};
