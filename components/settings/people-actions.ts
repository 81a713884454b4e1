import type { ActionResult } from '@/lib/domain/action-result';
import type { CreateUserInput, UpdateUserInput, UserView } from '@/lib/domain/contract';

export interface PeopleActions {
  readonly create: (input: CreateUserInput) => Promise<ActionResult<UserView>>;
  readonly resetTwoFactor: (id: string) => Promise<ActionResult<UserView>>;
  readonly update: (id: string, input: UpdateUserInput) => Promise<ActionResult<UserView>>;
}
