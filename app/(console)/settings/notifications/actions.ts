'use server';

import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { type ChannelCreated, type ChannelView, createChannelSchema, idSchema } from '@/lib/domain/contract';
import { createChannel, deleteChannel, testChannel } from '@/lib/usecases/notifications/channels';

export const create = async (input: unknown): Promise<ActionResult<ChannelCreated>> =>
  runAction(createChannelSchema, input, createChannel);

export const remove = async (input: unknown): Promise<ActionResult<ChannelView>> =>
  runAction(idSchema, input, deleteChannel);

export const test = async (input: unknown): Promise<ActionResult<ChannelView>> =>
  runAction(idSchema, input, testChannel);
