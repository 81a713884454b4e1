import type { ActionResult } from '@/lib/domain/action-result';
import type { ChannelCreated, ChannelView } from '@/lib/domain/contract';

export interface NotificationActions {
  readonly create: (input: unknown) => Promise<ActionResult<ChannelCreated>>;
  readonly remove: (id: string) => Promise<ActionResult<ChannelView>>;
  readonly test: (id: string) => Promise<ActionResult<ChannelView>>;
}
