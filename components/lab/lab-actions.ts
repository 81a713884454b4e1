import type { z } from 'zod';
import type { ActionResult } from '@/lib/domain/action-result';
import type { hurtLabSchema, LabFaultView } from '@/lib/domain/contract';

/** The page's server actions, handed to the components that call them. */
export interface LabActions {
  readonly hurt: (input: z.input<typeof hurtLabSchema>) => Promise<ActionResult<LabFaultView>>;
  readonly restore: (faultId: string) => Promise<ActionResult<LabFaultView>>;
}
