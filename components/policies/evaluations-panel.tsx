'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { evaluationsQuery, firstPage } from '@/components/live/queries';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { Time } from '@/components/ui/time';
import type { EvaluationView, Page } from '@/lib/domain/contract';
import { Outcome } from './policy-badges';

const SHOW = [
  { value: 'all', label: 'All' },
  { value: 'acted', label: 'Changes' },
] as const;

const Evaluation = ({ evaluation }: { readonly evaluation: EvaluationView }) => (
  <li className="grid gap-x-4 gap-y-0.5 border-b px-4 py-2 text-sm last:border-b-0 sm:grid-cols-[5.5rem_4.5rem_1fr_auto]">
    <span className="text-fg-3 text-xs leading-5">
      <Time at={evaluation.at} format="clock" />
    </span>
    <span>
      <Outcome outcome={evaluation.outcome} />
    </span>
    <span className="min-w-0 break-words">{evaluation.reason}</span>
    <span className="text-xs leading-5">
      {evaluation.operationId !== null && (
        <Link
          prefetch={false}
          href={`/operations/${evaluation.operationId}`}
          className="rounded-sm text-accent-text hover:underline"
        >
          operation
        </Link>
      )}
      {evaluation.recommendationId !== null && (
        <Link
          prefetch={false}
          href={`/approvals/${evaluation.recommendationId}`}
          className="rounded-sm text-accent-text hover:underline"
        >
          approval
        </Link>
      )}
      {evaluation.code === 'observed' && <span className="text-fg-3">only observed</span>}
    </span>
  </li>
);

interface EvaluationsPanelProps {
  readonly policyId: string;
  readonly initial: Page<EvaluationView>;
}

/** What a policy decided and why, newest first. */
export const EvaluationsPanel = ({ policyId, initial }: EvaluationsPanelProps) => {
  const [show, setShow] = useState<(typeof SHOW)[number]['value']>('all');
  const query = useInfiniteQuery({
    ...evaluationsQuery(policyId, show === 'all' ? {} : { acted: 'true' }),
    ...(show === 'all' ? { initialData: firstPage(initial) } : {}),
  });
  const evaluations = query.data?.pages.flatMap((page) => page.items) ?? [];
  const body = (): React.ReactNode => {
    if (query.error !== null) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
    if (evaluations.length === 0) {
      return (
        <EmptyState icon={<ListChecks />} title={show === 'all' ? 'Not evaluated yet' : 'It has not changed anything'}>
          A policy that is on is evaluated every ten seconds.
        </EmptyState>
      );
    }
    return (
      <ul>
        {evaluations.map((evaluation) => (
          <Evaluation key={evaluation.id} evaluation={evaluation} />
        ))}
      </ul>
    );
  };
  return (
    <Panel
      title="Evaluations"
      flush
      actions={<Segmented label="Show" value={show} onValueChange={setShow} options={SHOW} />}
    >
      {body()}
      <LoadMore query={query} />
    </Panel>
  );
};
