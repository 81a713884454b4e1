import { describe, expect, it } from 'vitest';
import { parsePeers } from './peers';

/** As HAProxy 2.6 prints them, cut behind the status. */
const line = (server: string, status: string): string =>
  `app,${server},0,0,0,2,64,184,31280,35144,,0,,0,0,0,0,${status},1,1,0,0,0,12,0,,1,5,1,,184,,2,0`;
const HEAD =
  '# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight';

describe('what a proxy sees of the other members', () => {
  it('is whether each of them serves; of itself it says nothing', () => {
    const text = ['shop-1', HEAD, line('shop-1', 'UP'), line('shop-2', 'UP'), line('shop-3', 'DOWN'), ''].join('\n');
    expect([...parsePeers(text)]).toEqual([
      ['shop-2', true],
      ['shop-3', false],
    ]);
  });

  it.each([
    ['UP 1/2', true],
    ['DOWN 1/2', false],
    ['MAINT', false],
    ['NOLB', false],
    ['no check', false],
  ])('takes "%s" for serving: %s', (status, serves) => {
    expect(parsePeers(`shop-1\n${line('shop-2', status)}\n`).get('shop-2')).toBe(serves);
  });

  it('is refused where the guest says nothing', () => {
    expect(() => parsePeers('')).toThrow(/does not say/);
  });
});
