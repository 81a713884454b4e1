'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  type ChannelCreated,
  type ChannelView,
  createChannelSchema,
  idSchema,
  updateChannelSchema,
} from '@/lib/domain/contract';
import { createChannel, deleteChannel, testChannel, updateChannel } from '@/lib/usecases/notifications/channels';

export const create = async (input: unknown): Promise<ActionResult<ChannelCreated>> =>
  runAction(createChannelSchema, input, createChannel);

const updateSchema = z.strictObject({ id: idSchema, change: updateChannelSchema });

export const update = async (input: unknown): Promise<ActionResult<ChannelView>> =>
  runAction(updateSchema, input, (context, { id, change }) => updateChannel(context, id, change));

export const remove = async (input: unknown): Promise<ActionResult<ChannelView>> =>
  runAction(idSchema, input, deleteChannel);

export const test = async (input: unknown): Promise<ActionResult<ChannelView>> =>
  runAction(idSchema, input, testChannel);
