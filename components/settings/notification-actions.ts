import type { ActionResult } from '@/lib/domain/action-result';
import type { ChannelCreated, ChannelView, UpdateChannelInput } from '@/lib/domain/contract';

export interface NotificationActions {
  readonly create: (input: unknown) => Promise<ActionResult<ChannelCreated>>;
  readonly update: (input: {
    readonly id: string;
    readonly change: UpdateChannelInput;
  }) => Promise<ActionResult<ChannelView>>;
  readonly remove: (id: string) => Promise<ActionResult<ChannelView>>;
  readonly test: (id: string) => Promise<ActionResult<ChannelView>>;
}
