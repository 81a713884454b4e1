'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { AlarmActions } from '@/components/alarms/alarm-actions';
import { AlarmsPanel } from '@/components/alarms/alarms-panel';
import { clusterPoliciesQuery, clusterQuery } from '@/components/live/queries';
import { ClusterStatus } from '@/components/states/states';
import { Term } from '@/components/terms/term';
import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { lazily } from '@/components/ui/lazily';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type {
  AlarmView,
  ClusterCostView,
  ClusterView,
  OperationSummary,
  Page,
  PolicyView,
  RevisionView,
} from '@/lib/domain/contract';
import { ActiveOperation } from './active-operation';
import { ChangeButton } from './change-button';
import type { ClusterActions } from './cluster-actions';
import { nodesOf, sparesOf } from './cluster-facts';
import { ClusterGlance } from './cluster-glance';
import { NodesTable, SparesTable } from './nodes-table';

/** What draws is large, and draws in the browser only. */
const MetricsPanel = lazily(
  async () => (await import('@/components/charts/metrics-panel')).MetricsPanel,
  <Skeleton className="h-96" />,
);

/** Below everything else, or most of the time nothing. */
const PendingChange = lazily(async () => (await import('./pending-change')).PendingChange);
const ClusterOperations = lazily(async () => (await import('./cluster-operations')).ClusterOperations);
const DeletePanel = lazily(async () => (await import('./delete-panel')).DeletePanel);
const RevisionsPanel = lazily(async () => (await import('./revisions-panel')).RevisionsPanel);

/** A form of the lab, below everything else: its libraries are loaded after what one comes for. */
const LoadPanel = lazily(async () => (await import('./load-panel')).LoadPanel, <Skeleton className="h-64" />);

/** About the cluster itself, one of its VMs, or a host that one of them is on. */
const concerns = ({ clusterId, subject, name }: AlarmView, cluster: ClusterView): boolean =>
  clusterId === cluster.id || (subject.startsWith('host/') && cluster.nodes.some((node) => node.host === name));

interface ClusterDetailProps {
  readonly initial: ClusterView;
  readonly operations: Page<OperationSummary>;
  readonly revisions: Page<RevisionView>;
  readonly actions: ClusterActions;
  readonly alarms: Page<AlarmView>;
  readonly alarmActions: AlarmActions;
  readonly policies: Page<PolicyView>;
  /** Null for roles that may not see it. */
  readonly cost: ClusterCostView | null;
  /** What it costs in detail; left out for roles that may not see it. */
  readonly costPanel?: ReactNode;
}

export const ClusterDetail = (props: ClusterDetailProps) => {
  const { initial, operations, revisions, actions, alarms, alarmActions, cost, costPanel } = props;
  const { data: cluster, error } = useQuery({ ...clusterQuery(initial.id), initialData: initial });
  const policies = useQuery({ ...clusterPoliciesQuery(initial.id), initialData: props.policies }).data.items;
  const nodes = nodesOf(cluster);
  const spares = sparesOf(cluster);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Clusters', href: '/clusters' }]}
        title={cluster.name}
        actions={actions.change === null ? undefined : <ChangeButton cluster={cluster} actions={actions.change} />}
        aside={
          <>
            <ClusterStatus state={cluster.state} />
            <Badge>
              <Term name="generation">generation {cluster.generation}</Term>
            </Badge>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        {error !== null && (
          <Callout tone="warn" role="status" title={error.message}>
            What is shown is what was known last.{' '}
            <Link prefetch={false} href="/clusters" className="underline">
              All clusters
            </Link>
          </Callout>
        )}
        <AlarmsPanel initial={alarms} actions={alarmActions} about={(alarm) => concerns(alarm, cluster)} />
        <ClusterGlance cluster={cluster} policies={policies} cost={cost} />
        <PendingChange clusterId={cluster.id} />
        {cluster.activeOperation !== null && (
          <ActiveOperation clusterName={cluster.name} operation={cluster.activeOperation} />
        )}
        <Panel title={`Nodes (${nodes.length})`} flush>
          <NodesTable cluster={cluster} nodes={nodes} actions={actions.failover} />
        </Panel>
        {spares.length > 0 && (
          <Panel title={`Spares (${spares.length})`} actions={<Term name="spare">What is a spare?</Term>} flush>
            <SparesTable cluster={cluster} nodes={spares} />
          </Panel>
        )}
        <MetricsPanel clusterId={cluster.id} nodeNames={nodes.map(({ name }) => name)} policies={policies} />
        {costPanel}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <ClusterOperations cluster={cluster} initial={operations} />
            <RevisionsPanel clusterId={cluster.id} initial={revisions} />
          </div>
          {actions.load !== null && <LoadPanel cluster={cluster} change={actions.load} />}
        </div>
        {actions.remove !== null && <DeletePanel cluster={cluster} remove={actions.remove} />}
      </div>
    </>
  );
};
