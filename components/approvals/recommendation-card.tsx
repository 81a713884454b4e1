'use client';

import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { ApprovalActions } from './approval-actions';
import { Asker } from './asker';
import { DecideForm } from './decide-form';
import { RecommendationFacts } from './recommendation-facts';

interface RecommendationCardProps {
  readonly recommendation: RecommendationView;
  /** Null for those who may not. */
  readonly actions: ApprovalActions | null;
}

/** One of those that wait, to be decided where it stands. */
export const RecommendationCard = ({ recommendation, actions }: RecommendationCardProps) => {
  const { id, cluster, from, to, approvals, approvalsNeeded } = recommendation;
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          <Link prefetch={false} href={`/approvals/${id}`} className="rounded-sm hover:underline">
            {cluster.name}: {describeSizeChange(from, to)}
          </Link>
          {approvalsNeeded > 1 && (
            <Badge tone="warn">
              {approvals.length} of {approvalsNeeded} agreed
            </Badge>
          )}
        </span>
      }
      description={
        <>
          <Asker recommendation={recommendation} /> asked <Time at={recommendation.createdAt} /> · put to{' '}
          {recommendation.askedRole}
        </>
      }
    >
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <RecommendationFacts recommendation={recommendation} />
        {actions === null ? (
          <p className="text-fg-3 text-sm">On-call people, operators and administrators decide.</p>
        ) : (
          <DecideForm recommendation={recommendation} actions={actions} />
        )}
      </div>
    </Panel>
  );
};
