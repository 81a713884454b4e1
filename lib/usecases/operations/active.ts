import type { Prisma } from '@/lib/db/generated/client';
import { ACTIVE_OPERATION_STATES } from '@/lib/domain/operation';

/** Operations that have not ended. */
export const ACTIVE = { state: { in: [...ACTIVE_OPERATION_STATES] } } satisfies Prisma.OperationWhereInput;
