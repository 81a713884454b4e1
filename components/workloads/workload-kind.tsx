import { Badge } from '@/components/ui/badge';
import type { WorkloadView } from '@/lib/domain/contract';

/** Whose it is, and whether it keeps data. */
export const WorkloadKind = ({ workload }: { readonly workload: Pick<WorkloadView, 'builtIn' | 'stateful'> }) => (
  <span className="inline-flex flex-wrap gap-1">
    <Badge>{workload.builtIn ? 'built in' : 'own'}</Badge>
    {workload.stateful && <Badge tone="busy">data volume</Badge>}
  </span>
);
