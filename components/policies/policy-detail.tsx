'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { keys } from '@/components/live/keys';
import { policyQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { EvaluationView, Page, PolicyView } from '@/lib/domain/contract';
import { describeDuration } from '@/lib/domain/duration';
import { BacktestPanel } from './backtest-panel';
import { EvaluationsPanel } from './evaluations-panel';
import { NextRuns } from './next-runs';
import type { PolicyActions, Replay } from './policy-actions';
import { PolicyMode, PolicyOn } from './policy-badges';

const Facts = ({ policy }: { readonly policy: PolicyView }) => {
  const { bounds, approval, mode, cluster } = policy;
  return (
    <DescriptionList>
      <Description term="Cluster">
        <Link prefetch={false} href={`/clusters/${cluster.name}`} className="rounded-sm hover:underline">
          {cluster.name}
        </Link>
      </Description>
      <Description term="Nodes">
        {bounds.nodesMin} to {bounds.nodesMax}
        {bounds.vmsMax !== undefined && `, at most ${bounds.vmsMax} VMs`}
      </Description>
      {bounds.costPerMonthMax !== undefined && (
        <Description term="Cost">at most {bounds.costPerMonthMax} per month</Description>
      )}
      <Description term="Cool-down">
        {describeDuration(bounds.cooldownUpMs)} before growing, {describeDuration(bounds.cooldownDownMs)} before
        shrinking
      </Description>
      <Description term="Flaps">
        at most {bounds.flapsPerDay} changes of direction a day, then it only grows
      </Description>
      {bounds.quietHours !== undefined && (
        <Description term="Quiet hours">
          {bounds.quietHours.from} to {bounds.quietHours.to} ({bounds.quietHours.zone}), {bounds.quietHours.allow}{' '}
          allowed
        </Description>
      )}
      {mode === 'approval' && (
        <Description term="Approval">
          {approval.persons === 1 ? 'one person' : 'two people'} within {describeDuration(approval.expiresAfterMs)}
          {approval.automaticUpTo !== undefined &&
            `; nobody for what costs at most ${approval.automaticUpTo} more per month`}
        </Description>
      )}
      <Description term="Written">
        by {policy.updatedBy}, <Time at={policy.updatedAt} />, revision {policy.revision}
      </Description>
    </DescriptionList>
  );
};

const Buttons = ({ policy, actions }: { readonly policy: PolicyView; readonly actions: PolicyActions }) => {
  const router = useRouter();
  const client = useQueryClient();
  const [isSwitching, setIsSwitching] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const toggle = async (): Promise<void> => {
    setIsSwitching(true);
    const answer = await actions
      .update({ policy: policy.id, change: { enabled: !policy.enabled } })
      .finally(() => setIsSwitching(false));
    if (!answer.ok) toast.error(answer.error.message);
    void client.invalidateQueries({ queryKey: keys.policy(policy.id) });
  };
  const remove = async (): Promise<boolean> => {
    const answer = await actions.remove(policy.id);
    if (answer.ok) router.push('/policies');
    else toast.error(answer.error.message);
    return answer.ok;
  };
  return (
    <>
      <Button variant="dangerGhost" onClick={() => setIsAsked(true)}>
        Delete policy…
      </Button>
      <Button pending={isSwitching} onClick={() => void toggle()}>
        {policy.enabled ? 'Switch off' : 'Switch on'}
      </Button>
      <Button asChild variant="primary">
        <Link prefetch={false} href={`/policies/${policy.name}/edit`}>
          Change policy
        </Link>
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title={`Delete ${policy.name}?`}
        description="It is evaluated no more. The cluster stays as it is, and what the policy did stays in the audit trail."
        confirmLabel="Delete policy"
        danger
        onConfirm={remove}
      />
    </>
  );
};

interface PolicyDetailProps {
  readonly initial: PolicyView;
  readonly evaluations: Page<EvaluationView>;
  readonly others: readonly PolicyView[];
  /** Null for those who may not. */
  readonly actions: PolicyActions | null;
  readonly replay: Replay;
}

export const PolicyDetail = ({ initial, evaluations, others, actions, replay }: PolicyDetailProps) => {
  const { data: policy } = useQuery({ ...policyQuery(initial.id), initialData: initial });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Policies', href: '/policies' }]}
        title={policy.name}
        aside={
          <span className="flex items-center gap-2">
            <PolicyMode mode={policy.mode} /> <PolicyOn enabled={policy.enabled} />
          </span>
        }
        description={policy.description}
        actions={actions === null ? undefined : <Buttons policy={policy} actions={actions} />}
      />
      <div className="flex flex-col gap-4">
        {policy.warnings.map((warning) => (
          <Callout key={warning} tone="warn">
            {warning}
          </Callout>
        ))}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <Panel title="Bounds">
              <Facts policy={policy} />
            </Panel>
            {policy.nextRuns.length > 0 && (
              <Panel
                title="Calendar"
                actions={
                  <Button asChild size="sm">
                    <Link prefetch={false} href={`/policies/calendar?cluster=${policy.cluster.name}`}>
                      The year
                    </Link>
                  </Button>
                }
              >
                <NextRuns runs={policy.nextRuns} />
              </Panel>
            )}
          </div>
          <EvaluationsPanel policyId={policy.id} initial={evaluations} />
        </div>
        <BacktestPanel policy={policy} others={others} replay={replay} />
      </div>
    </>
  );
};
