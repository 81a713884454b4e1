import { describe, expect, it } from 'vitest';
import { ROLES } from '@/lib/domain/role';
import { NAV } from './nav';
import { readKeys, SEQUENCE_MS, shortcutsFor } from './shortcuts';

const admin = shortcutsFor('admin');
const press = (key: string, atMs = 0) => ({ key, atMs });

describe('keyboard shortcuts', () => {
  it('mean one thing each, for every role', () => {
    for (const role of ROLES) {
      const keys = shortcutsFor(role).map((one) => one.keys.join(' '));
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(new Set(NAV.map(({ key }) => key)).size).toBe(NAV.length);
  });

  it('go to a page by two keys in a row', () => {
    const first = readKeys(admin, null, press('g'));
    expect(first.act).toBeNull();
    expect(readKeys(admin, first.held, press('c', 500)).act).toEqual({ kind: 'go', href: '/clusters' });
  });

  it('forget a first key that nothing followed, and begin anew after a slip', () => {
    const { held } = readKeys(admin, null, press('g'));
    expect(readKeys(admin, held, press('h', SEQUENCE_MS + 1)).act).toBeNull();
    const slipped = readKeys(admin, held, press('g', 100));
    expect(readKeys(admin, slipped.held, press('h', 200)).act).toEqual({ kind: 'go', href: '/hosts' });
  });

  it('offer nobody what their role may not do', () => {
    const viewer = shortcutsFor('viewer').map(({ label }) => label);
    expect(viewer).not.toContain('Create a cluster');
    expect(viewer).not.toContain('Audit');
    expect(viewer).toContain('Clusters');
  });
});
