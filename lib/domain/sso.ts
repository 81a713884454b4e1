import type { Role } from './role';

export interface RoleRules {
  /** Name of the claim; dots lead into objects. */
  readonly roleClaim: string;
  /** The first whose value the claim has counts. */
  readonly roles: readonly { readonly value: string; readonly role: Role }[];
  readonly defaultRole: Role | null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The texts that a claim holds: of a text itself, of a list each. A name with dots is tried as it stands first. */
export const claimValues = (claims: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const found =
    name in claims
      ? claims[name]
      : name.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), claims);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((value): value is string => typeof value === 'string') : [];
};

/** The role that a provider's claims give somebody; null when they give none. */
export const roleOfClaims = (claims: Readonly<Record<string, unknown>>, rules: RoleRules): Role | null => {
  const values = new Set(claimValues(claims, rules.roleClaim));
  return rules.roles.find(({ value }) => values.has(value))?.role ?? rules.defaultRole;
};
