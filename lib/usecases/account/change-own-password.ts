import { countAttempt } from '@/lib/auth/attempts';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import type { ChangeOwnPasswordInput, SessionsEnded } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import type { UseCaseContext } from '../context';
import { record } from '../record';
import { requirePerson } from '../require-person';
import { endSessions } from '../sessions/end-sessions';

const refuse = (field: 'currentPassword' | 'newPassword', message: string): HeadroomError =>
  new HeadroomError('impossible', message, { details: { fields: [{ field, message }] } });

/**
 * People change their own password: the present one is asked again, and their other sessions end. Throws `impossible`
 * with the field that is wrong, and `too_many_requests` after ten wrong ones in 15 minutes.
 */
export const changeOwnPassword = async (
  context: UseCaseContext,
  input: ChangeOwnPasswordInput,
): Promise<SessionsEnded> => {
  const person = requirePerson(context);
  const now = context.clock();
  const wasRight = countAttempt('password', person.id, now);
  const before = await context.db.user.findUniqueOrThrow({ where: { id: person.id } });
  if (before.passwordHash === null) {
    throw new HeadroomError('wrong_state', 'You come in by single sign-on and have no password here.');
  }
  if (!(await verifyPassword(input.currentPassword, before.passwordHash))) {
    throw refuse('currentPassword', 'This is not your present password.');
  }
  wasRight();
  if (input.newPassword === input.currentPassword) throw refuse('newPassword', 'Choose another than the present one.');
  const passwordHash = await hashPassword(input.newPassword);
  return record(context, async (tx) => {
    // Not over a password that somebody else set meanwhile.
    const { count } = await tx.user.updateMany({
      where: { id: person.id, passwordHash: before.passwordHash },
      data: { passwordHash },
    });
    if (count === 0) throw new HeadroomError('conflict', 'Your password was changed just now. Sign in again.');
    const ended = await endSessions(tx, { userId: person.id, except: person.sessionId }, now);
    return {
      value: { ended },
      audit: { action: 'account.password', subject: `user/${person.name}`, detail: { sessionsEnded: ended } },
    };
  });
};
