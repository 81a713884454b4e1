import type { User } from '@/lib/db/generated/client';
import type { Role } from '@/lib/domain/role';
import { type RoleRules, roleOfClaims } from '@/lib/domain/sso';
import { type Database, systemActor, type Transaction } from '../context';
import { newId } from '../ids';
import { takeLock } from '../locks';
import { record } from '../record';
import { endSessions } from '../sessions/end-sessions';
import { isLastAdministrator } from './last-administrator';

interface Setting {
  readonly db: Database;
  readonly clock: () => Date;
  readonly requestId: string;
}

/** What a provider says of somebody, verified by its signature. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

export type SsoRefusal = 'no-role' | 'no-email' | 'email-taken' | 'disabled';

export class SsoError extends Error {
  readonly refusal: SsoRefusal;

  constructor(refusal: SsoRefusal) {
    super(`single sign-on refused: ${refusal}`);
    this.refusal = refusal;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * The person that a provider vouches for, made at their first sign-in, with the role that its claims give: the provider
 * has the say at every sign-in, but never takes the last administrator's role. An account with the same e-mail address is
 * theirs only where the provider has verified that address. Throws `SsoError`.
 */
export const ensureSsoPerson = async (
  setting: Setting,
  provider: RoleRules & { readonly issuer: string },
  claims: Claims,
): Promise<User> => {
  const email = textOf(claims.email).toLowerCase();
  const role = roleOfClaims(claims, provider);
  if (role === null) throw new SsoError('no-role');
  const ssoSubject = `${provider.issuer} ${claims.sub}`;
  const context = { ...setting, actor: systemActor('single sign-on') };
  const known = await setting.db.user.findUnique({ where: { ssoSubject } });
  if (known?.disabledAt != null) throw new SsoError('disabled');
  if (known !== null && known.role === role) return known;
  if (known === null && (email === '' || !email.includes('@'))) throw new SsoError('no-email');
  return record(context, async (tx) => {
    await takeLock(tx, 'people');
    const user = await tx.user.findUnique({ where: { ssoSubject } });
    if (user !== null) return changeRole(tx, user, role, setting.clock());
    const same = await tx.user.findUnique({ where: { email } });
    if (same !== null)
      return link(tx, same, { ssoSubject, role, isVerified: claims.email_verified === true }, setting.clock());
    const name = textOf(claims.name) || textOf(claims.preferred_username) || email;
    const created = await tx.user.create({
      data: { id: newId(), email, name: name.slice(0, 80), role, ssoSubject, createdAt: setting.clock() },
    });
    return { value: created, audit: { action: 'user.create', subject: `user/${email}`, detail: { role, sso: true } } };
  });
};

const changeRole = async (tx: Transaction, user: User, role: Role, now: Date) => {
  const stays = user.role === role || (user.role === 'admin' && (await isLastAdministrator(tx, user.id)));
  if (!stays) await endSessions(tx, { userId: user.id }, now);
  const value = stays ? user : await tx.user.update({ where: { id: user.id }, data: { role } });
  return {
    value,
    audit: {
      action: 'user.update',
      subject: `user/${user.email}`,
      detail: { sso: true, role: { from: user.role, to: value.role, claimed: role } },
    },
  };
};

const link = async (
  tx: Transaction,
  user: User,
  to: { readonly ssoSubject: string; readonly role: Role; readonly isVerified: boolean },
  now: Date,
) => {
  if (!to.isVerified || user.ssoSubject !== null) throw new SsoError('email-taken');
  if (user.disabledAt !== null) throw new SsoError('disabled');
  const linked = await tx.user.update({ where: { id: user.id }, data: { ssoSubject: to.ssoSubject } });
  const { value, audit } = await changeRole(tx, linked, to.role, now);
  return { value, audit: { ...audit, detail: { ...audit.detail, linked: true } } };
};
