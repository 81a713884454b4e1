'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import Link from 'next/link';
import { firstPage, openRecommendationsQuery, recommendationsQuery } from '@/components/live/queries';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { Page, RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { ApprovalActions } from './approval-actions';
import { RecommendationCard } from './recommendation-card';
import { RecommendationState } from './recommendation-state';

const Decided = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { id, cluster, policy, requestedBy, from, to, decidedBy, decidedAt, comment, operationId } = recommendation;
  return (
    <li className="grid gap-x-4 gap-y-1 border-b px-4 py-2.5 text-sm last:border-b-0 sm:grid-cols-[6rem_1fr_auto]">
      <span>
        <RecommendationState recommendation={recommendation} />
      </span>
      <span className="min-w-0">
        <Link prefetch={false} href={`/approvals/${id}`} className="rounded-sm text-fg hover:underline">
          {cluster.name}: {describeSizeChange(from, to)}
        </Link>{' '}
        <span className="text-fg-3">for {policy?.name ?? requestedBy}</span>
        {(decidedBy !== null || (comment ?? '') !== '') && (
          <span className="block break-words text-fg-3 text-xs">
            {[decidedBy, comment].filter((text) => text !== null && text !== '').join(': ')}
          </span>
        )}
      </span>
      <span className="flex gap-3 text-fg-3 text-xs">
        {operationId !== null && (
          <Link
            prefetch={false}
            href={`/operations/${operationId}`}
            className="rounded-sm text-accent-text hover:underline"
          >
            operation
          </Link>
        )}
        <Time at={decidedAt} />
      </span>
    </li>
  );
};

interface ApprovalsListProps {
  readonly open: Page<RecommendationView>;
  readonly all: Page<RecommendationView>;
  /** Null for those who may not. */
  readonly actions: ApprovalActions | null;
}

/** What waits for a person, then what was decided. */
export const ApprovalsList = ({ open, all, actions }: ApprovalsListProps) => {
  const waiting = useQuery({ ...openRecommendationsQuery(), initialData: open });
  const query = useInfiniteQuery({ ...recommendationsQuery({}), initialData: firstPage(all) });
  const decided = query.data.pages.flatMap((page) => page.items).filter(({ state }) => state !== 'open');
  if (waiting.error !== null) {
    return <ErrorState message={waiting.error.message} onRetry={() => void waiting.refetch()} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {waiting.data.items.length === 0 ? (
        <Panel flush>
          <EmptyState icon={<ClipboardCheck />} title="Nothing waits for you">
            Changes of policies in the mode approval, and of people who ask for it, are put here.
          </EmptyState>
        </Panel>
      ) : (
        waiting.data.items.map((recommendation) => (
          <RecommendationCard key={recommendation.id} recommendation={recommendation} actions={actions} />
        ))
      )}
      {decided.length > 0 && (
        <Panel title="Decided" flush>
          <ul>
            {decided.map((recommendation) => (
              <Decided key={recommendation.id} recommendation={recommendation} />
            ))}
          </ul>
          <LoadMore query={query} />
        </Panel>
      )}
    </div>
  );
};
