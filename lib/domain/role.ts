export const ROLES = ['admin', 'operator', 'oncall', 'finance', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** Every act that needs a permission. */
export const PERMISSIONS = [
  'cluster.read',
  'cluster.create',
  'cluster.change',
  'cluster.delete',
  'cluster.load',
  'vm.console',
  'vm.type',
  'vm.logs',
  'vm.restart',
  'operation.cancel',
  'recommendation.decide',
  'host.maintain',
  'host.fence',
  'lab.hurt',
  'workload.write',
  'policy.write',
  'usage.read',
  'rates.write',
  'statements.write',
  'budgets.write',
  'audit.read',
  'audit.retain',
  'users.write',
  'tokens.write',
  'settings.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = ['cluster.read'];
const OPERATE: readonly Permission[] = [
  ...READ,
  'cluster.create',
  'cluster.change',
  'cluster.load',
  'vm.console',
  'vm.type',
  'vm.logs',
  'vm.restart',
  'operation.cancel',
  'host.maintain',
  'host.fence',
  'lab.hurt',
  'workload.write',
  'policy.write',
  'recommendation.decide',
  'usage.read',
  'audit.read',
];

const GRANTS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set(PERMISSIONS),
  operator: new Set<Permission>([...OPERATE, 'cluster.delete']),
  oncall: new Set<Permission>([
    ...READ,
    'vm.console',
    'vm.logs',
    'host.fence',
    'recommendation.decide',
    'operation.cancel',
    'audit.read',
  ]),
  finance: new Set<Permission>([
    ...READ,
    'usage.read',
    'rates.write',
    'statements.write',
    'budgets.write',
    'audit.read',
  ]),
  viewer: new Set<Permission>(READ),
};

/** Whether a role has a permission. The use cases ask it before anything else; the console hides by it. */
export const roleCan = (role: Role, permission: Permission): boolean => GRANTS[role].has(permission);

/** "operator, admin": who may, for the message of a refusal. */
export const rolesThatCan = (permission: Permission): readonly Role[] => ROLES.filter((r) => roleCan(r, permission));
