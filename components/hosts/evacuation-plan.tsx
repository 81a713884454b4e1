import { ArrowRight } from 'lucide-react';
import { formatShape } from '@/components/states/shape-text';
import { formatDuration } from '@/components/ui/time-text';
import type { PlanView } from '@/lib/domain/contract';

interface Move {
  readonly from: string | null;
  readonly to: string | null;
  readonly host: string | null;
}

/** What goes and what comes in its place; what comes without a pair stands alone. */
const movesOf = (plan: PlanView): readonly Move[] => {
  const hostOf = (name: string | null): string | null =>
    [...plan.creates, ...plan.keeps].find((vm) => vm.name === name)?.hostName ?? null;
  const paired = plan.pairing.map(({ from, to }) => ({ from, to, host: hostOf(to) }));
  const named = new Set(paired.flatMap(({ from, to }) => [from, to]));
  const goes = plan.removes.filter((vm) => !named.has(vm.name)).map((vm) => ({ from: vm.name, to: null, host: null }));
  const comes = plan.creates
    .filter((vm) => !named.has(vm.name))
    .map((vm) => ({ from: null, to: vm.name, host: vm.hostName }));
  return [...paired, ...goes, ...comes];
};

const ClusterMoves = ({ plan }: { readonly plan: PlanView }) => (
  <li className="px-3 py-2.5">
    <div className="flex items-baseline justify-between gap-3">
      <span className="font-medium">{plan.clusterName}</span>
      <span className="text-fg-3 text-xs">
        {plan.steps.length} steps ·{' '}
        {plan.expectedOutageMs === 0 ? 'no outage expected' : `outage ≈ ${formatDuration(plan.expectedOutageMs)}`}
      </span>
    </div>
    <ul className="mt-1 flex flex-col gap-0.5 text-fg-2 text-xs">
      {movesOf(plan).map((move) => (
        <li key={`${move.from} ${move.to}`} className="flex flex-wrap items-center gap-1.5">
          <span>{move.from ?? 'new'}</span>
          <ArrowRight aria-label="is replaced by" className="size-3 text-fg-3" />
          <span>{move.to ?? 'nothing'}</span>
          {move.host !== null && <span className="text-fg-3">on {move.host}</span>}
        </li>
      ))}
    </ul>
    {plan.extraWhileRunning.vcpus > 0 && (
      <p className="mt-1 text-fg-3 text-xs">Takes {formatShape(plan.extraWhileRunning)} more while it runs.</p>
    )}
  </li>
);

/** What maintenance of a host would move, cluster by cluster. */
export const EvacuationPlan = ({ plans, host }: { readonly plans: readonly PlanView[]; readonly host: string }) => {
  if (plans.length === 0) return <p className="text-fg-2 text-sm">Nothing runs on {host}: nothing has to move.</p>;
  return (
    <ul aria-label="What will move" className="divide-y rounded-md border">
      {plans.map((plan) => (
        <ClusterMoves key={plan.clusterId} plan={plan} />
      ))}
    </ul>
  );
};
