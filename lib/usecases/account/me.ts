import type { MeView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { UseCaseContext } from '../context';

/** Who asks, and what they are. */
export const getMe = async ({ actor }: UseCaseContext): Promise<MeView> => {
  if (actor.kind !== 'user' && actor.kind !== 'token') {
    throw new HeadroomError('forbidden', 'Only people and tokens have an identity here.');
  }
  return { kind: actor.kind, id: actor.id, name: actor.name, role: actor.role };
};
