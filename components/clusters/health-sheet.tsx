'use client';

import { useQuery } from '@tanstack/react-query';
import { healthQuery } from '@/components/live/queries';
import { VerdictStatus } from '@/components/states/states';
import { Button } from '@/components/ui/button';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { DialogClose, Sheet } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Time } from '@/components/ui/time';
import type { ClusterHealthView, WitnessesView } from '@/lib/domain/contract';

interface HealthSheetProps {
  readonly clusterId: string;
  readonly node: string;
  readonly onClose: () => void;
}

const guestText = ({ guest }: WitnessesView): string => {
  if (!guest.answers) return 'does not answer';
  const vip = guest.holdsVip ? ', has the VIP' : '';
  return `keepalived ${guest.vrrp}${vip}; proxy ${guest.proxy}; application ${guest.application}`;
};

const peersText = ({ peers }: WitnessesView): string =>
  peers.asked === 0 ? 'not asked: there was no need' : `${peers.up} of ${peers.asked} find it able to serve`;

const proberText = ({ prober }: WitnessesView): string => {
  if (prober === null) return 'the prober does not say';
  return prober ? 'were answered by it lately' : 'were answered by others';
};

const Evidence = ({ witnesses }: { readonly witnesses: WitnessesView }) => (
  <DescriptionList>
    <Description term="Hypervisor">process {witnesses.process}</Description>
    <Description term="Itself">{guestText(witnesses)}</Description>
    <Description term="Members">{peersText(witnesses)}</Description>
    <Description term="Clients">{proberText(witnesses)}</Description>
  </DescriptionList>
);

const Now = ({ health, node }: { readonly health: ClusterHealthView; readonly node: string }) => {
  const now = health.nodes.find((entry) => entry.node === node);
  if (now === undefined) return <p className="text-fg-2 text-sm">It has not been looked at yet.</p>;
  return (
    <div className="flex flex-col gap-3">
      <div>
        <VerdictStatus verdict={now.verdict} />
        <p className="mt-0.5 text-fg-2 text-sm">{now.reason}</p>
        <p className="text-fg-3 text-xs">
          since <Time at={now.since} />
        </p>
      </div>
      <Evidence witnesses={now.witnesses} />
    </div>
  );
};

const Past = ({ health, node }: { readonly health: ClusterHealthView; readonly node: string }) => {
  const changes = health.changes.filter((change) => change.node === node);
  const fences = health.fences.filter((fence) => fence.name === node);
  return (
    <section aria-labelledby="past" className="flex flex-col gap-2">
      <h3 id="past" className="font-medium text-xs">
        What was noted before
      </h3>
      {changes.length === 0 && fences.length === 0 && <p className="text-fg-3 text-sm">Nothing.</p>}
      <ul className="divide-y rounded-md border empty:hidden">
        {fences.map((fence) => (
          <li key={fence.at} className="px-3 py-2.5 text-sm">
            <span className="font-medium">Fenced</span> by {fence.by}: {fence.detail}
            <span className="block text-fg-3 text-xs">
              <Time at={fence.at} format="full" />
            </span>
          </li>
        ))}
        {changes.map((change) => (
          <li key={`${change.at} ${change.verdict}`} className="px-3 py-2.5 text-sm">
            <details>
              <summary className="cursor-pointer rounded-sm">
                <VerdictStatus verdict={change.verdict} /> <span className="text-fg-2">{change.reason}</span>
                <span className="block text-fg-3 text-xs">
                  <Time at={change.at} format="full" />
                </span>
              </summary>
              <div className="pt-2">
                <Evidence witnesses={change.witnesses} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What every witness says of a node, and what was made of it before. */
export const HealthSheet = ({ clusterId, node, onClose }: HealthSheetProps) => {
  const { data, error, refetch } = useQuery(healthQuery(clusterId));
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Health of ${node}`}
      description="Four witnesses are heard; none is believed alone when it says that a node is lost."
      footer={
        <DialogClose>
          <Button variant="primary">Close</Button>
        </DialogClose>
      }
    >
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {error === null && data === undefined && (
        <div role="status" aria-label="Loading" className="flex flex-col gap-2">
          <Skeleton className="h-14" />
          <Skeleton className="h-24" />
        </div>
      )}
      {data !== undefined && (
        <div className="flex flex-col gap-6">
          <Now health={data} node={node} />
          <Past health={data} node={node} />
          <p className="text-fg-3 text-xs">
            Within the last hour this cluster was recovered by itself {data.recoveries.lastHour} of at most{' '}
            {data.recoveries.limit} times.
          </p>
        </div>
      )}
    </Sheet>
  );
};
