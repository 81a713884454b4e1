import type { ActionResult } from '@/lib/domain/action-result';
import type { MaintenanceAccepted, PlanView } from '@/lib/domain/contract';

/** The page's server actions, handed to the components that call them. */
export interface MaintenanceActions {
  /** What starting maintenance would move, and where to; changes nothing. */
  readonly preview: (host: string) => Promise<ActionResult<readonly PlanView[]>>;
  readonly change: (input: {
    readonly host: string;
    readonly enabled: boolean;
    readonly reason: string;
  }) => Promise<ActionResult<MaintenanceAccepted>>;
}
