import { hashPassword } from '@/lib/auth/password';
import type { UpdateUserInput, UserView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { takeLock } from '../locks';
import { record } from '../record';
import { endSessions } from '../sessions/end-sessions';
import { isLastAdministrator } from './last-administrator';
import { toUserView } from './view';

const refuseLastAdministrator = async (tx: Transaction, userId: string): Promise<void> => {
  if (!(await isLastAdministrator(tx, userId))) return;
  throw new HeadroomError('wrong_state', 'This is the last administrator: make somebody else one first.');
};

/**
 * Changes a person. A new role, a new password and disabling end all their sessions.
 * Throws `wrong_state` rather than leave no administrator.
 */
export const updateUser = async (
  context: UseCaseContext,
  userId: string,
  input: UpdateUserInput,
): Promise<UserView> => {
  authorise(context, 'users.write');
  const passwordHash = input.password === undefined ? undefined : await hashPassword(input.password);
  return record(context, async (tx) => {
    await takeLock(tx, 'people');
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (user === null) throw new HeadroomError('not_found', 'There is no such person.');
    const loses = (input.role !== undefined && input.role !== 'admin') || input.disabled === true;
    if (user.role === 'admin' && user.disabledAt === null && loses) await refuseLastAdministrator(tx, userId);

    const roleChanges = input.role !== undefined && input.role !== user.role;
    const disables = input.disabled === true && user.disabledAt === null;
    const endsSessions = roleChanges || disables || passwordHash !== undefined;
    const updated = await tx.user.update({
      where: { id: userId },
      data: {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.role === undefined ? {} : { role: input.role }),
        ...(passwordHash === undefined ? {} : { passwordHash }),
        ...(disables ? { disabledAt: context.clock() } : {}),
        ...(input.disabled === false ? { disabledAt: null } : {}),
      },
    });
    const sessionsEnded = endsSessions ? await endSessions(tx, { userId }, context.clock()) : 0;
    return {
      value: toUserView(updated),
      audit: {
        action: 'user.update',
        subject: `user/${user.email}`,
        detail: {
          ...(roleChanges ? { role: { from: user.role, to: updated.role } } : {}),
          ...(input.disabled === undefined ? {} : { disabled: input.disabled }),
          ...(input.name === undefined ? {} : { name: input.name }),
          passwordChanged: passwordHash !== undefined,
          sessionsEnded,
        },
      },
    };
  });
};
