import type { ActionResult } from '@/lib/domain/action-result';

/** What a person may say is off. */
export type Confirmable = 'host' | 'vm';

/** What people may decide about an alarm; null for those who may not. */
export interface AlarmActions {
  readonly confirmOff:
    | ((input: {
        readonly noun: Confirmable;
        /** The host's name, or the VM's id. */
        readonly subject: string;
        readonly confirmName: string;
        readonly reason: string;
      }) => Promise<ActionResult<null>>)
    | null;
  readonly recover: ((cluster: string) => Promise<ActionResult<{ readonly operationId: string }>>) | null;
}
