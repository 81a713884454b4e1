import type { Prisma, PrismaClient } from '@/lib/db/generated/client';
import { HeadroomError } from '@/lib/domain/errors';
import { type Permission, type Role, roleCan, rolesThatCan } from '@/lib/domain/role';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Who asks. The orchestrator acts as `system` with the role `admin`, a policy as itself with what an operator may. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system' | 'policy';
  readonly id: string;
  /** A person's e-mail address, or a token's name. */
  readonly name: string;
  readonly role: Role;
  /** The session in which a person asks. */
  readonly sessionId?: string;
  /** Their role asks for a second factor and they have none yet: until then they may set it up and nothing else. */
  readonly mustEnrol?: boolean;
}

/** What every use case is given besides its input. */
export interface UseCaseContext {
  readonly db: Database;
  readonly actor: Actor;
  readonly clock: () => Date;
  /** Goes into the audit entry, so that a log line and an act can be matched. */
  readonly requestId: string;
}

export const systemActor = (name: string): Actor => ({ kind: 'system', id: name, name, role: 'admin' });

export const policyActor = (policy: { readonly id: string; readonly name: string }): Actor => ({
  kind: 'policy',
  id: policy.id,
  name: policy.name,
  role: 'operator',
});

/** "ada@example.org", "token ci", "system usage-meter", "policy:peak": how an act's author is written down. */
export const describeActor = (actor: Actor): string => {
  switch (actor.kind) {
    case 'user':
      return actor.name;
    case 'policy':
      return `policy:${actor.name}`;
    case 'token':
    case 'system':
      return `${actor.kind} ${actor.name}`;
    default: {
      const unknown: never = actor.kind;
      throw new Error(`unknown kind of actor ${String(unknown)}`);
    }
  }
};

/** Refuses with `forbidden` unless the actor's role has the permission. Every use case asks this first. */
export const authorise = (context: UseCaseContext, permission: Permission): void => {
  if (context.actor.mustEnrol === true) {
    throw new HeadroomError('forbidden', 'Your role asks for two-factor sign-in. Set it up first: open the console.', {
      details: { twoFactor: 'required' },
    });
  }
  if (roleCan(context.actor.role, permission)) return;
  throw new HeadroomError(
    'forbidden',
    `This needs the role ${rolesThatCan(permission).join(' or ')}; yours is ${context.actor.role}.`,
    { details: { permission } },
  );
};
