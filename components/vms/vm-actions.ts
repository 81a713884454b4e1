import type { z } from 'zod';
import type { ActionResult } from '@/lib/domain/action-result';
import type { ConsoleView, PlanView, restartSchema, VmLogView } from '@/lib/domain/contract';

export interface RestartRequest {
  readonly cluster: string;
  readonly input: z.input<typeof restartSchema>;
}

/** What may be done on a VM's page; null for those who may not. */
export interface VmActions {
  readonly openConsole:
    | ((request: { readonly vm: string; readonly type: boolean }) => Promise<ActionResult<ConsoleView>>)
    | null;
  readonly closeConsole: (id: string) => Promise<ActionResult<ConsoleView>>;
  readonly canType: boolean;
  readonly readLog:
    | ((request: { readonly vm: string; readonly lines: number }) => Promise<ActionResult<VmLogView>>)
    | null;
  readonly restart: {
    readonly preview: (request: RestartRequest) => Promise<ActionResult<PlanView>>;
    readonly start: (request: RestartRequest) => Promise<ActionResult<{ readonly operationId: string }>>;
  } | null;
}
