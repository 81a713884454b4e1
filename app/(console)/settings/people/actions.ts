'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { createUserSchema, idSchema, type UserView, updateUserSchema } from '@/lib/domain/contract';
import { resetTwoFactor } from '@/lib/usecases/account/two-factor';
import { createUser } from '@/lib/usecases/users/create-user';
import { updateUser } from '@/lib/usecases/users/update-user';

const updateSchema = z.strictObject({ id: idSchema, change: updateUserSchema });

export const addPerson = async (input: unknown): Promise<ActionResult<UserView>> =>
  runAction(createUserSchema, input, createUser);

export const changePerson = async (id: unknown, change: unknown): Promise<ActionResult<UserView>> =>
  runAction(updateSchema, { id, change }, (context, input) => updateUser(context, input.id, input.change));

export const resetCode = async (id: unknown): Promise<ActionResult<UserView>> =>
  runAction(idSchema, id, resetTwoFactor);
