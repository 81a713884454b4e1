'use server';

import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { idSchema, type WorkloadView } from '@/lib/domain/contract';
import { createWorkload } from '@/lib/usecases/workloads/create-workload';
import { deleteWorkload } from '@/lib/usecases/workloads/delete-workload';
import { workloadSpecSchema } from '@/lib/workloads/schema';

export const addWorkload = async (input: unknown): Promise<ActionResult<WorkloadView>> =>
  runAction(workloadSpecSchema, input, createWorkload);

export const removeWorkload = async (input: unknown): Promise<ActionResult<WorkloadView>> =>
  runAction(idSchema, input, deleteWorkload);
