import { hasSecondFactor } from '@/lib/auth/second-factor';
import type { User } from '@/lib/db/generated/client';
import type { UserView } from '@/lib/domain/contract';

export const toUserView = (user: User): UserView => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  twoFactor: hasSecondFactor(user),
  hasPassword: user.passwordHash !== null,
  sso: user.ssoSubject !== null,
  createdAt: user.createdAt.toISOString(),
  disabledAt: user.disabledAt?.toISOString() ?? null,
});
