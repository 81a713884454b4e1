import { describe, expect, it } from 'vitest';
import { roleOfClaims } from './sso';

const RULES = {
  roleClaim: 'groups',
  roles: [
    { value: 'platform', role: 'admin' },
    { value: 'ops', role: 'operator' },
  ],
  defaultRole: null,
} as const;

describe('the role that claims give', () => {
  it.each([
    ['a list', { groups: ['staff', 'ops'] }, 'operator'],
    ['the first rule that fits, in the order of the rules', { groups: ['ops', 'platform'] }, 'admin'],
    ['a text', { groups: 'ops' }, 'operator'],
    ['no value that a rule names', { groups: ['staff'] }, null],
    ['no claim', {}, null],
    ['something else than texts', { groups: [1, null, { ops: true }] }, null],
    ['a text that merely contains it', { groups: 'devops' }, null],
  ])('%s', (_, claims, role) => {
    expect(roleOfClaims(claims, RULES)).toBe(role);
  });

  it('is the default where no rule fits', () => {
    expect(roleOfClaims({ groups: ['staff'] }, { ...RULES, defaultRole: 'viewer' })).toBe('viewer');
  });

  it('is found below dots, and under a name that has dots itself', () => {
    const nested = { ...RULES, roleClaim: 'realm_access.roles' };
    expect(roleOfClaims({ realm_access: { roles: ['ops'] } }, nested)).toBe('operator');
    expect(roleOfClaims({ 'realm_access.roles': ['ops'] }, nested)).toBe('operator');
    expect(roleOfClaims({ realm_access: 'roles' }, nested)).toBeNull();
  });
});
