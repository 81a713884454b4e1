'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatValue } from '@/components/charts/chart-model';
import { metricsQuery } from '@/components/charts/metrics-query';
import { formatMoney, formatPrice } from '@/components/cost/money-text';
import { statusQuery } from '@/components/live/queries';
import { formatShape } from '@/components/states/shape-text';
import { Term } from '@/components/terms/term';
import { Button } from '@/components/ui/button';
import { CopyText } from '@/components/ui/copy-button';
import { Meter } from '@/components/ui/meter';
import { useZone } from '@/components/ui/zone';
import type { ClusterCostView, ClusterView, PolicyView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { nodesOf, nodesText, sparesOf, vipHolderOf, vipHolderText } from './cluster-facts';
import { decisionText, healthText, latestLoad } from './glance';

const LIVE = { range: '5m', endMs: null } as const;

const Fact = ({ term, children }: { readonly term: ReactNode; readonly children: ReactNode }) => (
  <div className="min-w-0 bg-surface px-4 py-3">
    <dt className="text-fg-3 text-xs">{term}</dt>
    <dd className="mt-0.5 min-w-0 text-fg text-sm">{children}</dd>
  </div>
);

const Note = ({ children }: { readonly children: ReactNode }) => (
  <span className="block text-fg-3 text-xs">{children}</span>
);

const LoadFact = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { data } = useQuery(metricsQuery(cluster.id, LIVE));
  const { cpu, memory, requestsPerSecond, latencyP99Ms } = latestLoad(data ?? null);
  const percent = (share: number | null): string => (share === null ? 'not known' : `${Math.round(share * 100)} %`);
  return (
    <Fact term="Load against what it has">
      <span className="mt-1 grid grid-cols-2 gap-4">
        <Meter label="CPU" used={cpu ?? 0} total={1} text={percent(cpu)} />
        <Meter label="Memory" used={memory ?? 0} total={1} text={percent(memory)} />
      </span>
      <Note>
        {requestsPerSecond === null ? 'no requests measured' : `${formatValue(requestsPerSecond)} req/s`}
        {latencyP99Ms !== null && ` · p99 ${formatValue(latencyP99Ms)} ms`}
      </Note>
    </Fact>
  );
};

const PolicyFact = ({ policies }: { readonly policies: readonly PolicyView[] }) => {
  const zone = useZone();
  const shown = policies.filter(({ enabled }) => enabled).slice(0, 2);
  return (
    <Fact term="Policy's next decision">
      {shown.length === 0 ? (
        <>
          none
          <Note>
            Only people change its size.{' '}
            <Link prefetch={false} href="/policies/new" className="rounded-sm text-accent-text underline">
              Add a policy
            </Link>
          </Note>
        </>
      ) : (
        shown.map((policy) => {
          const { headline, detail } = decisionText(policy, zone);
          return (
            <span key={policy.id} className="block">
              <Link prefetch={false} href={`/policies/${policy.name}`} className="rounded-sm hover:underline">
                {policy.name}: {headline}
              </Link>
              <Note>{detail}</Note>
            </span>
          );
        })
      )}
    </Fact>
  );
};

interface ClusterGlanceProps {
  readonly cluster: ClusterView;
  readonly policies: readonly PolicyView[];
  /** Null for roles that may not see it. */
  readonly cost: ClusterCostView | null;
}

/** Size, health, holder, load, decision and cost of a cluster. */
export const ClusterGlance = ({ cluster, policies, cost }: ClusterGlanceProps) => {
  const { requirements } = cluster;
  const spares = sparesOf(cluster).length;
  const isWatched = useQuery(statusQuery()).data?.orchestrator.alive ?? true;
  const health = healthText(nodesOf(cluster), isWatched);
  return (
    <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-2 xl:grid-cols-3">
      <Fact term="Size">
        {nodesText(cluster)} nodes active
        <Note>
          each {formatShape(requirements.shape)} · <Term name="spread">spread {requirements.spread}</Term> ·{' '}
          {counted(spares, 'spare')}
        </Note>
      </Fact>
      <Fact term="Health">
        {health.headline}
        <Note>{health.detail}</Note>
      </Fact>
      <LoadFact cluster={cluster} />
      <Fact term={<Term name="vip">Virtual address</Term>}>
        <span className="flex flex-wrap items-center gap-x-2">
          <CopyText text={cluster.vip} label="Copy virtual address" />
          <span className="text-fg-2 text-xs">{vipHolderText(vipHolderOf(cluster))}</span>
        </span>
        <span className="flex items-center gap-1 text-xs">
          <CopyText text={cluster.endpoint} label="Copy endpoint" />
          <Button asChild variant="ghost" size="iconSm" className="size-6 text-fg-3 [&_svg]:size-3.5">
            <a href={cluster.endpoint} target="_blank" rel="noreferrer" aria-label="Open endpoint in a new tab">
              <ExternalLink aria-hidden />
            </a>
          </Button>
        </span>
      </Fact>
      <PolicyFact policies={policies} />
      {cost === null ? (
        <Fact term="Workload">
          {cluster.workload}
          <Note>{cluster.stateful ? 'keeps data' : 'keeps no data'}</Note>
        </Fact>
      ) : (
        <Fact term="Cost">
          {formatPrice(cost.perHourNow, cost.currency)} an hour
          <Note>
            {formatMoney(cost.thisMonth, cost.currency)} this month, {formatMoney(cost.forecast, cost.currency)} to its
            end · runs {cluster.workload}
          </Note>
        </Fact>
      )}
    </dl>
  );
};
