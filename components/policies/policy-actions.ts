import type { ActionResult } from '@/lib/domain/action-result';
import type {
  BacktestInput,
  BacktestRulesInput,
  BacktestView,
  PolicyView,
  UpdatePolicyInput,
} from '@/lib/domain/contract';

/** The pages' server actions; the server judges what the forms send. */
export interface PolicyActions {
  readonly create: (input: unknown) => Promise<ActionResult<PolicyView>>;
  readonly update: (input: {
    readonly policy: string;
    readonly change: Partial<UpdatePolicyInput>;
  }) => Promise<ActionResult<PolicyView>>;
  readonly remove: (policy: string) => Promise<ActionResult<PolicyView>>;
}

export type Replay = (input: {
  readonly policy: string;
  readonly input: BacktestInput;
}) => Promise<ActionResult<BacktestView>>;

/** Replays what is being written; has to stay the same function between renders. */
export type TryOut = (input: BacktestRulesInput) => Promise<ActionResult<BacktestView>>;
