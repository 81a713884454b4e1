import { describe, expect, it } from 'vitest';
import {
  FAILING_MS_MAX,
  HOUR_MS,
  judge,
  planGivingWay,
  planOneHolder,
  RECOVERIES_PER_HOUR,
  recoveryBudget,
  SILENT_MS_MAX,
  type Situation,
  type VipClaim,
} from '.';

const NOW = new Date('2026-05-01T12:00:00Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const WORKS = { answers: true, vrrp: 'backup', holdsVip: false, application: 'up', proxy: 'up' } as const;
const SILENT = { answers: false } as const;

const situation = (witnesses: Partial<Situation['witnesses']>, change: Partial<Situation> = {}): Situation => ({
  witnesses: { process: 'running', guest: WORKS, peers: { asked: 0, up: 0 }, prober: false, ...witnesses },
  runsApplication: true,
  unseenSince: null,
  othersWork: true,
  isAlone: false,
  now: NOW,
  ...change,
});
const verdict = (...args: Parameters<typeof situation>): string => judge(situation(...args)).verdict;

describe('what the witnesses make of a node', () => {
  it('is healthy when it says so, and when its host cannot be asked but clients are answered by it', () => {
    expect(verdict({})).toBe('healthy');
    expect(verdict({ process: 'unknown' })).toBe('healthy');
    expect(verdict({ process: 'unknown', guest: SILENT, prober: true })).toBe('healthy');
    expect(verdict({ process: 'unknown', guest: SILENT, peers: { asked: 2, up: 1 } })).toBe('healthy');
  });

  it('is lost at once when the hypervisor has no process of it, whatever others last saw', () => {
    expect(verdict({ process: 'ended', guest: SILENT, prober: true })).toBe('lost');
  });

  it('is not known when its host cannot be asked and nobody sees it, however long that lasts', () => {
    expect(verdict({ process: 'unknown', guest: SILENT }, { unseenSince: ago(3_600_000) })).toBe('unknown');
    expect(verdict({ process: 'unknown', guest: SILENT, prober: null })).toBe('unknown');
  });

  it('is not lost for the time in which it could not be asked', () => {
    const cut = judge(situation({ process: 'unknown', guest: SILENT }, { unseenSince: ago(SILENT_MS_MAX) }));
    expect(verdict({ guest: SILENT }, { unseenSince: cut.unseenSince })).toBe('suspect');
  });

  it('is not lost by the word of one who hears nobody at all', () => {
    const silent = { unseenSince: ago(SILENT_MS_MAX) };
    expect(verdict({ guest: SILENT }, silent)).toBe('suspect');
    expect(verdict({ guest: SILENT, peers: { asked: 1, up: 0 } }, silent)).toBe('lost');
  });

  it.each([
    ['paused', { process: 'paused', guest: SILENT } as const, SILENT_MS_MAX],
    ['silent', { guest: SILENT }, SILENT_MS_MAX],
    ['without its application', { guest: { ...WORKS, application: 'down' } as const }, FAILING_MS_MAX],
    ['without its proxy', { guest: { ...WORKS, proxy: 'down' } as const }, FAILING_MS_MAX],
  ])('is suspect when %s, and lost only when nobody has seen it work for long', (_, witnesses, limitMs) => {
    expect(verdict(witnesses)).toBe('suspect');
    expect(verdict(witnesses, { unseenSince: ago(limitMs - 1) })).toBe('suspect');
    const all = { ...witnesses, peers: { asked: 1, up: 0 } };
    expect(verdict(all, { unseenSince: ago(limitMs) })).toBe('lost');
    expect(verdict({ ...witnesses, prober: true }, { unseenSince: ago(limitMs) })).toBe('suspect');
    expect(verdict({ ...witnesses, peers: { asked: 1, up: 1 } }, { unseenSince: ago(limitMs) })).toBe('suspect');
  });

  it('counts the time anew once somebody has seen it work', () => {
    const seen = judge(situation({ guest: SILENT, prober: true }, { unseenSince: ago(SILENT_MS_MAX) }));
    expect(seen.unseenSince).toBeNull();
    expect(judge(situation({ guest: SILENT }, { unseenSince: seen.unseenSince })).unseenSince).toEqual(NOW);
  });

  it('is not given up when no other member works either, unless it is the only one', () => {
    const silent = { unseenSince: ago(SILENT_MS_MAX), othersWork: false };
    expect(verdict({ guest: SILENT }, silent)).toBe('suspect');
    expect(verdict({ guest: SILENT }, { ...silent, isAlone: true })).toBe('lost');
    expect(verdict({ process: 'ended', guest: SILENT }, silent)).toBe('lost');
  });

  it('needs no application where another member runs it', () => {
    const standby = { guest: { ...WORKS, application: 'stopped' } as const };
    expect(verdict(standby, { runsApplication: false })).toBe('healthy');
    expect(verdict(standby)).toBe('suspect');
  });
});

describe('which of several holders keeps the VIP', () => {
  const claim = (name: string, change: Partial<VipClaim> = {}): VipClaim => ({
    vmId: name,
    name,
    priority: 100,
    claims: true,
    onWire: true,
    works: true,
    stands: true,
    ...change,
  });

  it('is nobody’s question while there is one or none', () => {
    expect(planOneHolder([])).toBeNull();
    expect(planOneHolder([claim('a'), claim('b', { claims: false, onWire: false })])).toBeNull();
  });

  it.each([
    ['works', claim('a', { priority: 200, works: false }), claim('b')],
    ['is reached by clients', claim('a', { priority: 200, onWire: false }), claim('b')],
    ['has the higher priority', claim('a'), claim('b', { priority: 101 })],
    ['is seen on the wire, whatever it says', claim('a', { onWire: false }), claim('b', { claims: false })],
  ])('is the one that %s', (_, other, wanted) => {
    for (const claims of [
      [other, wanted],
      [wanted, other],
    ])
      expect(planOneHolder(claims)).toEqual({ keeps: wanted, gives: [other] });
  });
});

describe('a holder that no client reaches', () => {
  const holder = { vmId: 'a', name: 'a', priority: 1, claims: true, onWire: false, works: true, stands: true };
  const other = { ...holder, vmId: 'b', name: 'b', claims: false };

  it('gives way to another that works and stands for the VIP', () => {
    expect(planGivingWay([holder, other])).toBe(holder);
    expect(planGivingWay([{ ...holder, works: false }, other])).toMatchObject({ vmId: 'a' });
  });

  it.each([
    ['clients reach it', [{ ...holder, onWire: true }, other]],
    ['clients reach somebody at all', [holder, { ...other, onWire: true }]],
    ['nobody else works', [holder, { ...other, works: false }]],
    ['nobody else would take it', [holder, { ...other, stands: false }]],
    ['two have it', [holder, { ...other, claims: true }]],
    ['nobody has it', [other]],
  ])('stays where %s', (_, claims) => {
    expect(planGivingWay(claims)).toBeNull();
  });
});

describe('recoveries that nobody asked for', () => {
  const times = (...agoMs: readonly number[]): readonly Date[] => agoMs.map(ago);

  it('are as many an hour as allowed, and then the time of the next one is known', () => {
    const few = Array.from({ length: RECOVERIES_PER_HOUR - 1 }, (_, i) => i * 1_000);
    expect(recoveryBudget(times(...few), NOW)).toEqual({ left: 1, nextAt: null });
    expect(recoveryBudget(times(...few, HOUR_MS), NOW)).toEqual({ left: 1, nextAt: null });
    expect(recoveryBudget(times(...few, HOUR_MS - 5_000), NOW)).toEqual({
      left: 0,
      nextAt: new Date(NOW.getTime() + 5_000),
    });
  });

  it('are counted from the newest ones where there were more', () => {
    const many = Array.from({ length: RECOVERIES_PER_HOUR + 3 }, (_, i) => i * 1_000);
    const oldestThatCounts = (RECOVERIES_PER_HOUR - 1) * 1_000;
    expect(recoveryBudget(times(...many), NOW).nextAt).toEqual(new Date(NOW.getTime() + HOUR_MS - oldestThatCounts));
  });
});
