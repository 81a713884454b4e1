'use client';

import Link from 'next/link';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { Badge } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { ApprovalActions } from './approval-actions';
import { DecideForm } from './decide-form';
import { EvidenceChart } from './evidence-chart';

interface RecommendationCardProps {
  readonly recommendation: RecommendationView;
  /** Null for those who may not. */
  readonly actions: ApprovalActions | null;
}

/** All that one needs to decide: why, what was measured, what would be done. */
export const RecommendationCard = ({ recommendation, actions }: RecommendationCardProps) => {
  const { cluster, policy, from, to, reason, evidence, plan, approvals, approvalsNeeded, remade } = recommendation;
  return (
    <Panel
      title={
        <span className="flex flex-wrap items-center gap-2">
          {cluster.name}: {describeSizeChange(from, to)}
          {approvalsNeeded > 1 && (
            <Badge tone="warn">
              {approvals.length} of {approvalsNeeded} agreed
            </Badge>
          )}
        </span>
      }
      description={
        <>
          <Link prefetch={false} href={`/policies/${policy.name}`} className="rounded-sm hover:underline">
            {policy.name}
          </Link>{' '}
          asked <Time at={recommendation.createdAt} /> · expires <Time at={recommendation.expiresAt} /> · put to{' '}
          {recommendation.askedRole}
        </>
      }
    >
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3">
          <p className="text-sm">{reason}</p>
          {evidence !== null && <EvidenceChart evidence={evidence} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {remade > 0 && (
            <p className="text-fg-3 text-xs">Things have changed since: the plan was made anew, {remade} ×.</p>
          )}
          <PlanPreview preview={{ plan }} isCurrent />
          {approvals.map(({ by, comment }) => (
            <p key={by} className="text-fg-2 text-sm">
              {by} agreed{comment === '' ? '' : `: ${comment}`}
            </p>
          ))}
          {actions === null ? (
            <p className="text-fg-3 text-sm">On-call people, operators and administrators decide.</p>
          ) : (
            <DecideForm recommendation={recommendation} actions={actions} />
          )}
        </div>
      </div>
    </Panel>
  );
};
