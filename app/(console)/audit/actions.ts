'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import { type AuditVerifyView, type RetentionView, setRetentionSchema } from '@/lib/domain/contract';
import { verifyAudit } from '@/lib/usecases/audit/audit';
import { setRetention } from '@/lib/usecases/audit/retention';

export const verifyTrail = async (): Promise<ActionResult<AuditVerifyView>> =>
  runAction(z.null(), null, (context) => verifyAudit(context));

export const keepFor = async (input: unknown): Promise<ActionResult<RetentionView>> =>
  runAction(setRetentionSchema, input, setRetention);
