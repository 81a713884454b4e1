'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import type { AuditVerifyView } from '@/lib/domain/contract';
import { verifyAudit } from '@/lib/usecases/audit/audit';

export const verifyTrail = async (): Promise<ActionResult<AuditVerifyView>> =>
  runAction(z.null(), null, (context) => verifyAudit(context));
