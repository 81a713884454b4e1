import { ROLES, type Role } from '@/lib/domain/role';

const WHAT: Readonly<Record<Role, string>> = {
  admin: 'Everything, people and tokens included',
  operator: 'Creates, changes and deletes clusters; maintains hosts',
  oncall: 'Decides on recommendations, cancels operations',
  finance: 'Reads usage, sets rates',
  viewer: 'Reads clusters, hosts and activity',
};

export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: role, description: WHAT[role] }));
