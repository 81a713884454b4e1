import type { ActionResult } from '@/lib/domain/action-result';
import type { CreateTokenInput, TokenCreated, TokenView } from '@/lib/domain/contract';

export interface TokenActions {
  readonly create: (input: CreateTokenInput) => Promise<ActionResult<TokenCreated>>;
  readonly revoke: (id: string) => Promise<ActionResult<TokenView>>;
}
