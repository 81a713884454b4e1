import type { MeView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { UseCaseContext } from '../context';
import { getTwoFactor } from './two-factor';

/** Who asks, and what they are. */
export const getMe = async (context: UseCaseContext): Promise<MeView> => {
  const { actor } = context;
  if (actor.kind !== 'user' && actor.kind !== 'token') {
    throw new HeadroomError('forbidden', 'Only people and tokens have an identity here.');
  }
  const { kind, id, name, role } = actor;
  if (kind === 'token') return { kind, id, name, role, twoFactor: null, access: null };
  const user = await context.db.user.findUniqueOrThrow({ where: { id } });
  const access = { hasPassword: user.passwordHash !== null, sso: user.ssoSubject !== null };
  return { kind, id, name, role, twoFactor: await getTwoFactor(context), access };
};
