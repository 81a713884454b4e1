import { HeadroomError, isHeadroomError } from '@/lib/domain/errors';
import type { Role } from '@/lib/domain/role';
import { authorise, type UseCaseContext } from '../context';
import { record } from '../record';

/** Who is asked, one after another: each has an equal part of the time until it expires. */
const ASKED: readonly Role[] = ['oncall', 'operator', 'admin'];

/** The role that is asked at a moment. */
export const askedRoleAt = (createdAt: Date, expiresAt: Date, now: Date): Role => {
  const part = (now.getTime() - createdAt.getTime()) / (expiresAt.getTime() - createdAt.getTime());
  const index = Math.min(ASKED.length - 1, Math.max(0, Math.floor(part * ASKED.length)));
  return ASKED[index] ?? 'admin';
};

/**
 * Puts open recommendations that nobody answered to the next role, and closes those whose time is over. Repeating it
 * changes nothing.
 */
export const expireRecommendations = async (context: UseCaseContext): Promise<void> => {
  authorise(context, 'recommendation.decide');
  const now = context.clock();
  const open = await context.db.recommendation.findMany({
    where: { state: 'open' },
    select: { id: true, clusterId: true, createdAt: true, expiresAt: true, askedRole: true },
  });
  for (const { id, clusterId, createdAt, expiresAt, askedRole } of open) {
    const isOver = expiresAt <= now;
    const role = askedRoleAt(createdAt, expiresAt, now);
    if (!isOver && role === askedRole) continue;
    await record(context, async (tx) => {
      const { count } = await tx.recommendation.updateMany({
        where: { id, state: 'open' },
        data: isOver ? { state: 'expired', decidedAt: now, comment: 'Nobody answered in time.' } : { askedRole: role },
      });
      if (count === 0) throw new HeadroomError('wrong_state', 'Somebody answered meanwhile.');
      return {
        value: null,
        audit: isOver
          ? { action: 'recommendation.expire', subject: `recommendation/${id}` }
          : {
              action: 'recommendation.escalate',
              subject: `recommendation/${id}`,
              detail: { from: askedRole, to: role },
            },
        events: [{ kind: 'recommendation', clusterId, payload: { id, state: isOver ? 'expired' : 'open' } }],
      };
    }).catch((error: unknown) => {
      if (!isHeadroomError(error) || error.code !== 'wrong_state') throw error;
    });
  }
};
