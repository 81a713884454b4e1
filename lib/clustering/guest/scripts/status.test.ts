import { describe, expect, it } from 'vitest';
import { parseStatus, saysUnmounted } from './status';

const at = new Date('2026-01-01T00:00:00Z');
const head = (change: Record<string, string> = {}) =>
  Object.entries({
    hash: 'abc',
    vrrp: 'master',
    holds: 'yes',
    application: 'up',
    connections: '7',
    directs: '',
    ...change,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

describe('the status that a guest prints', () => {
  it('is read in full', () => {
    expect(parseStatus(head({ directs: '0A4D0001:0050=1' }), at)).toEqual({
      at,
      vrrp: 'master',
      holdsVip: true,
      application: 'up',
      proxy: 'up',
      connections: 7,
      viewHash: 'abc',
      directs: '0A4D0001:0050=1',
    });
  });

  it('says that the proxy is down when it did not answer', () => {
    expect(parseStatus(head({ connections: '' }), at)).toMatchObject({ proxy: 'down', connections: 0 });
  });

  it('has an empty hash while a change is under way', () => {
    expect(parseStatus(head({ hash: '' }), at).viewHash).toBe('');
  });

  it.each([
    ['vrrp', 'king'],
    ['holds', ''],
    ['application', '1'],
    ['connections', 'many'],
  ])('is refused where it makes no sense: %s=%s', (name, value) => {
    expect(() => parseStatus(head({ [name]: value }), at)).toThrow(/status says/);
  });

  it('is refused where something is missing', () => {
    expect(() => parseStatus('vrrp=master\n', at)).toThrow(/has no/);
  });

  it('says that a volume is not mounted only where it says so', () => {
    expect(saysUnmounted(head({ mounted: 'no' }))).toBe(true);
    expect(saysUnmounted(head({ mounted: 'yes' }))).toBe(false);
    expect(saysUnmounted(head())).toBe(false);
  });
});
