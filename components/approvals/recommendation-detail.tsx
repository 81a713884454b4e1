'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { recommendationQuery } from '@/components/live/queries';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { ApprovalActions } from './approval-actions';
import { Asker } from './asker';
import { DecideForm } from './decide-form';
import { Outcome } from './outcome';
import { RecommendationFacts } from './recommendation-facts';
import { RecommendationState } from './recommendation-state';

interface RecommendationDetailProps {
  readonly initial: RecommendationView;
  /** Null for those who may not. */
  readonly actions: ApprovalActions | null;
}

/** One recommendation. On a phone the buttons stay at the lower edge, under the thumb. */
export const RecommendationDetail = ({ initial, actions }: RecommendationDetailProps) => {
  const { data: recommendation } = useQuery({ ...recommendationQuery(initial.id), initialData: initial });
  const { cluster, from, to, state, askedRole, createdAt } = recommendation;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Approvals', href: '/approvals' }]}
        title={`${cluster.name}: ${describeSizeChange(from, to)}`}
        aside={<RecommendationState recommendation={recommendation} />}
        description={
          <>
            <Asker recommendation={recommendation} /> asked <Time at={createdAt} />
            {state === 'open' && <> · put to {askedRole}</>} ·{' '}
            <Link prefetch={false} href={`/clusters/${cluster.name}`} className="rounded-sm hover:underline">
              {cluster.name}
            </Link>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Panel title="What is asked for">
          <RecommendationFacts recommendation={recommendation} />
        </Panel>
        <div className="sticky bottom-0 z-20 -mx-4 border-t bg-surface p-4 pb-[max(1rem,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6 lg:static lg:mx-0 lg:rounded-lg lg:border">
          {state !== 'open' ? (
            <Outcome recommendation={recommendation} />
          ) : actions === null ? (
            <p className="text-fg-3 text-sm">On-call people, operators and administrators decide.</p>
          ) : (
            <DecideForm recommendation={recommendation} actions={actions} />
          )}
        </div>
      </div>
    </>
  );
};
