import { hashPassword } from '@/lib/auth/password';
import type { CreateUserInput, UserView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { toUserView } from './view';

/** Throws `name_taken` when somebody has the e-mail address. */
export const insertUser = async (
  tx: Transaction,
  input: Omit<CreateUserInput, 'password'> & { readonly passwordHash: string },
  now: Date,
): Promise<UserView> => {
  const email = input.email.trim().toLowerCase();
  if ((await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null) {
    const message = `There is somebody with the address ${email} already.`;
    throw new HeadroomError('name_taken', message, { details: { fields: [{ field: 'email', message }] } });
  }
  const user = await tx.user.create({
    data: {
      id: newId(),
      email,
      name: input.name,
      role: input.role,
      passwordHash: input.passwordHash,
      createdAt: now,
    },
  });
  return toUserView(user);
};

export const createUser = async (context: UseCaseContext, input: CreateUserInput): Promise<UserView> => {
  authorise(context, 'users.write');
  const passwordHash = await hashPassword(input.password);
  return record(context, async (tx) => {
    await takeLock(tx, 'people');
    const value = await insertUser(tx, { ...input, passwordHash }, context.clock());
    return {
      value,
      audit: { action: 'user.create', subject: `user/${value.email}`, detail: { role: value.role } },
    };
  });
};
