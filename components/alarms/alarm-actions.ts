import type { ActionResult } from '@/lib/domain/action-result';

/** What people may decide about an alarm; null for those who may not. */
export interface AlarmActions {
  readonly confirmOff:
    | ((input: {
        readonly host: string;
        readonly confirmName: string;
        readonly reason: string;
      }) => Promise<ActionResult<null>>)
    | null;
  readonly recover: ((cluster: string) => Promise<ActionResult<{ readonly operationId: string }>>) | null;
}
