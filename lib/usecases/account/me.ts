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
  const twoFactor = actor.kind === 'user' ? await getTwoFactor(context) : null;
  return { kind: actor.kind, id: actor.id, name: actor.name, role: actor.role, twoFactor };
};
