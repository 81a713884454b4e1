'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { type ConsoleView, idSchema, type PlanView, restartSchema, type VmLogView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { restartApplication } from '@/lib/usecases/clusters/restart-application';
import { closeConsole, openConsole } from '@/lib/usecases/vms/console';
import { readVmLog } from '@/lib/usecases/vms/log';

const openSchema = z.strictObject({ vm: idSchema, type: z.boolean() });
const logSchema = z.strictObject({ vm: idSchema, lines: z.int().min(1).max(1000) });
const restartOfSchema = z.strictObject({ cluster: idSchema, input: restartSchema });

export const openVmConsole = async (input: unknown): Promise<ActionResult<ConsoleView>> =>
  runAction(openSchema, input, (context, { vm, type }) => openConsole(context, vm, { type }));

export const closeVmConsole = async (id: unknown): Promise<ActionResult<ConsoleView>> =>
  runAction(idSchema, id, closeConsole);

export const readLog = async (input: unknown): Promise<ActionResult<VmLogView>> =>
  runAction(logSchema, input, (context, { vm, lines }) => readVmLog(context, vm, { lines }));

export const previewRestart = async (input: unknown): Promise<ActionResult<PlanView>> =>
  runAction(restartOfSchema, input, async (context, { cluster, input: wanted }) => {
    const answer = await restartApplication(context, cluster, { ...wanted, dryRun: true });
    if ('plan' in answer) return answer.plan;
    throw new HeadroomError('internal', 'The answer is not of the kind that was asked for.');
  });

export const startRestart = async (input: unknown): Promise<ActionResult<{ readonly operationId: string }>> =>
  runAction(restartOfSchema, input, async (context, { cluster, input: wanted }) => {
    const answer = await restartApplication(context, cluster, { ...wanted, dryRun: false });
    if ('operation' in answer) return { operationId: answer.operation.id };
    throw new HeadroomError('internal', 'The answer is not of the kind that was asked for.');
  });
