import { Lock } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { type Permission, type Role, rolesThatCan } from '@/lib/domain/role';

const list = new Intl.ListFormat('en', { type: 'disjunction' });

interface NoPermissionProps {
  readonly permission: Permission;
  readonly role: Role;
}

/** In place of a page whose use case would refuse. */
export const NoPermission = ({ permission, role }: NoPermissionProps) => (
  <EmptyState icon={<Lock />} title="This is not open to your role">
    It needs the role {list.format(rolesThatCan(permission))}; yours is {role}. An administrator can change that.
  </EmptyState>
);
