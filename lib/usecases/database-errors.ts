import { Prisma } from '@/lib/db/generated/client';

/** Whether a write was refused because a unique index has the value already. */
export const isUniqueViolation = (error: unknown): boolean => {
  if (error instanceof Prisma.PrismaClientKnownRequestError) return error.code === 'P2002';
  return false;
};
