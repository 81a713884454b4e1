import { HeadroomError } from '@/lib/domain/errors';
import type { UseCaseContext } from './context';

export interface Person {
  readonly id: string;
  /** E-mail address. */
  readonly name: string;
  readonly sessionId: string;
}

/** For what people do about themselves, whatever their role. Throws `forbidden` for tokens: they are nobody's account. */
export const requirePerson = ({ actor }: UseCaseContext): Person => {
  if (actor.kind === 'user' && actor.sessionId !== undefined) {
    return { id: actor.id, name: actor.name, sessionId: actor.sessionId };
  }
  throw new HeadroomError('forbidden', 'This is about the person who is signed in: a token has no account.');
};
