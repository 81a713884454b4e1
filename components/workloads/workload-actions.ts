import type { ActionResult } from '@/lib/domain/action-result';
import type { WorkloadView } from '@/lib/domain/contract';

/** The pages' server actions. `create` takes what JSON said, whatever that was: the server judges it. */
export interface WorkloadActions {
  readonly create: (input: unknown) => Promise<ActionResult<WorkloadView>>;
  readonly remove: (name: string) => Promise<ActionResult<WorkloadView>>;
}
