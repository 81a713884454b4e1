'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { hurtLabSchema, type LabFaultView } from '@/lib/domain/contract';
import { hurtLab } from '@/lib/usecases/lab/hurt-lab';
import { restoreLab } from '@/lib/usecases/lab/restore-lab';

export const startHarm = async (input: unknown): Promise<ActionResult<LabFaultView>> =>
  runAction(hurtLabSchema, input, hurtLab);

export const restoreHarm = async (input: unknown): Promise<ActionResult<LabFaultView>> =>
  runAction(z.string().min(1).max(64), input, restoreLab);
