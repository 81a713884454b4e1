import type { z } from 'zod';
import type { ClusterView, changeRequirementsSchema } from '@/lib/domain/contract';
import type { FailoverMode, Pair, Spread } from '@/lib/domain/requirements';
import type { Shape } from '@/lib/domain/shape';

export type ChangeValues = z.input<typeof changeRequirementsSchema>;

/** What the form holds. Numbers that are not typed out yet are NaN. */
export interface ChangeForm {
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly spread: Spread;
  readonly spares: number;
  readonly mode: FailoverMode;
  /** Site that new VMs have to go to; null for any. */
  readonly site: string | null;
  readonly pairing: readonly Pair[];
  readonly reason: string;
}

/** What every part of the form is given. */
export interface SectionProps {
  readonly cluster: ClusterView;
  readonly form: ChangeForm;
  readonly errors: Readonly<Partial<Record<keyof ChangeForm, string>>>;
  readonly change: (part: Partial<ChangeForm>) => void;
}

/** The requirements in force, as the form begins. */
export const formOf = (cluster: ClusterView): ChangeForm => ({
  nodes: cluster.requirements.nodes,
  vcpus: cluster.requirements.shape.vcpus,
  memoryMiB: cluster.requirements.shape.memoryMiB,
  spread: cluster.requirements.spread,
  spares: cluster.requirements.spares,
  mode: cluster.stateful ? 'move' : 'cluster',
  site: null,
  pairing: [],
  reason: '',
});

/** The shape of a node; where a number is not complete, the one in force. */
export const shapeOf = (cluster: ClusterView, { vcpus, memoryMiB }: ChangeForm): Shape => {
  const { shape } = cluster.requirements;
  return {
    vcpus: Number.isFinite(vcpus) ? vcpus : shape.vcpus,
    memoryMiB: Number.isFinite(memoryMiB) ? memoryMiB : shape.memoryMiB,
    diskGiB: shape.diskGiB,
  };
};

/** What is asked of the planner: null while a number is not complete. */
export const requestOf = (cluster: ClusterView, form: ChangeForm): ChangeValues | null => {
  const numbers = [form.nodes, form.vcpus, form.memoryMiB, form.spares];
  if (!numbers.every(Number.isFinite)) return null;
  return {
    nodes: form.nodes,
    shape: { vcpus: form.vcpus, memoryMiB: form.memoryMiB, diskGiB: cluster.requirements.shape.diskGiB },
    spread: form.spread,
    spares: form.spares,
    mode: form.mode,
    generation: cluster.generation,
    ...(form.site === null ? {} : { sites: [form.site] }),
    ...(form.pairing.length === 0 ? {} : { pairing: [...form.pairing] }),
  };
};

/** Field of the form that a problem of the request belongs to; null when it has none. */
export const fieldOf = (path: string): keyof ChangeForm | null => {
  const problem = path.replace(/^input\./, '');
  switch (problem) {
    case 'nodes':
    case 'spread':
    case 'spares':
    case 'mode':
    case 'reason':
      return problem;
    case 'shape.vcpus':
      return 'vcpus';
    case 'shape.memoryMiB':
      return 'memoryMiB';
    default:
      return problem.startsWith('pairing') ? 'pairing' : problem.startsWith('sites') ? 'site' : null;
  }
};

/** Gives a node a successor; null takes its pair away. A successor serves one node: who had it before loses it. */
export const pairWith = (pairing: readonly Pair[], from: string, to: string | null): readonly Pair[] => {
  const others = pairing.filter((pair) => pair.from !== from && pair.to !== to);
  return to === null ? others : [...others, { from, to }];
};
