'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { AlarmActions } from '@/components/alarms/alarm-actions';
import { AlarmsPanel } from '@/components/alarms/alarms-panel';
import { MetricsPanel } from '@/components/charts/metrics-panel';
import { clusterQuery } from '@/components/live/queries';
import { formatShape } from '@/components/states/shape-text';
import { ClusterStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyText } from '@/components/ui/copy-button';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import type { AlarmView, ClusterView, OperationSummary, Page, RevisionView } from '@/lib/domain/contract';
import { ActiveOperation } from './active-operation';
import { ChangeButton } from './change-button';
import type { ClusterActions } from './cluster-actions';
import { nodesOf, nodesText, sparesOf, vipHolderOf, vipHolderText } from './cluster-facts';
import { ClusterOperations } from './cluster-operations';
import { DeletePanel } from './delete-panel';
import { LoadPanel } from './load-panel';
import { NodesTable, SparesTable } from './nodes-table';
import { RevisionsPanel } from './revisions-panel';

const Fact = ({ term, children }: { readonly term: string; readonly children: React.ReactNode }) => (
  <div className="min-w-0 bg-surface px-4 py-3">
    <dt className="text-fg-3 text-xs">{term}</dt>
    <dd className="mt-0.5 min-w-0 text-fg text-sm">{children}</dd>
  </div>
);

const Note = ({ children }: { readonly children: React.ReactNode }) => (
  <span className="block truncate text-fg-3 text-xs">{children}</span>
);

const Facts = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { requirements } = cluster;
  return (
    <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-2 xl:grid-cols-4">
      <Fact term="Virtual address">
        <CopyText text={cluster.vip} label="Copy virtual address" />
        <Note>{vipHolderText(vipHolderOf(cluster))}</Note>
      </Fact>
      <Fact term="Endpoint on this machine">
        <span className="flex items-center gap-1">
          <CopyText text={cluster.endpoint} label="Copy endpoint" />
          <Button asChild variant="ghost" size="iconSm" className="size-6 text-fg-3 [&_svg]:size-3.5">
            <a href={cluster.endpoint} target="_blank" rel="noreferrer" aria-label="Open endpoint in a new tab">
              <ExternalLink aria-hidden />
            </a>
          </Button>
        </span>
        <Note>reaches the virtual address</Note>
      </Fact>
      <Fact term="Nodes">
        {nodesText(cluster)} active
        <Note>
          each {formatShape(requirements.shape)} · spread {requirements.spread}
        </Note>
      </Fact>
      <Fact term="Workload">
        {cluster.workload}
        <Note>
          generation {cluster.generation} · {cluster.stateful ? 'keeps data' : 'keeps no data'}
        </Note>
      </Fact>
    </dl>
  );
};

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
  /** What it costs; left out for roles that may not see it. */
  readonly cost?: ReactNode;
}

export const ClusterDetail = (props: ClusterDetailProps) => {
  const { initial, operations, revisions, actions, alarms, alarmActions, cost } = props;
  const { data: cluster, error } = useQuery({ ...clusterQuery(initial.id), initialData: initial });
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
            <Badge>generation {cluster.generation}</Badge>
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
        <Facts cluster={cluster} />
        {cluster.activeOperation !== null && (
          <ActiveOperation clusterName={cluster.name} operation={cluster.activeOperation} />
        )}
        <Panel title={`Nodes (${nodes.length})`} flush>
          <NodesTable cluster={cluster} nodes={nodes} actions={actions.failover} />
        </Panel>
        {spares.length > 0 && (
          <Panel title={`Spares (${spares.length})`} flush>
            <SparesTable cluster={cluster} nodes={spares} />
          </Panel>
        )}
        {cost}
        <MetricsPanel clusterId={cluster.id} nodeNames={nodes.map(({ name }) => name)} />
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
