import { describe, expect, it } from 'vitest';
import { findProxyMismatch, planProxyChange } from './proxy-change';
import { serversOf } from './render-haproxy';
import { member, view } from './testing/view';

const options = { collector: null };
const change = (before: Parameters<typeof view>[0], after: Parameters<typeof view>[0], n = 1) => {
  const at = (members: typeof before) => {
    const self = members.find((m) => m.vmId === `vm-${n}`);
    if (self === undefined) throw new Error('not a member');
    return { view: view(members), self };
  };
  return planProxyChange(at(before), at(after), options);
};

describe('how a proxy comes from one view to the next', () => {
  it('does nothing for what concerns only IPVS or VRRP', () => {
    const before = [member(1), member(2)];
    expect(change(before, [member(1), member(2, { weight: 0, priority: 250 })])).toEqual({ kind: 'none' });
  });

  it('adds a joiner at run time, and lets checks find out whether it is up', () => {
    const planned = change([member(1)], [member(1), member(2)]);
    expect(planned).toEqual({
      kind: 'runtime',
      commands: [
        expect.stringMatching(/^add server app\/shop-2 10\.77\.0\.2:8479 .*check/),
        'enable health app/shop-2',
        'set server app/shop-2 health down',
        'enable server app/shop-2',
      ],
    });
  });

  it('takes a member out at run time', () => {
    expect(change([member(1), member(2)], [member(1)])).toEqual({
      kind: 'runtime',
      commands: ['set server app/shop-2 state maint', 'del server app/shop-2'],
    });
  });

  it('drains itself and others at run time', () => {
    const before = [member(1), member(2)];
    const drained = [member(1), member(2, { draining: true })];
    expect(change(before, drained)).toEqual({ kind: 'runtime', commands: ['set server app/shop-2 weight 0'] });
    expect(change(before, drained, 2)).toMatchObject({
      commands: ['set server app/shop-2 weight 0', 'set map /etc/headroom/state.map draining 1'],
    });
    expect(change(drained, before)).toEqual({ kind: 'runtime', commands: ['set server app/shop-2 weight 100%'] });
  });

  it('need not be told where the application of a stateful workload runs: its checks find out', () => {
    const at = (n: number) => [1, 2].map((m) => member(m, { runsApplication: m === n }));
    expect(change(at(1), at(2))).toEqual({ kind: 'none' });
  });

  it('reloads for what cannot be changed at run time', () => {
    const self = member(1);
    const other = { ...view([self]).workload, maxConnections: 5 };
    expect(
      planProxyChange({ view: view([self]), self }, { view: view([self], { workload: other }), self }, options),
    ).toEqual({ kind: 'reload' });
  });
});

const line = (name: string, address: string, port: number, admin: number, weight: number) =>
  `3 app 1 ${name} ${address} 2 ${admin} ${weight} 1 513 15 3 2 6 0 0 0 - ${port} - 0 0 - - 0`;

describe('whether the running proxy is as the view wants it', () => {
  const servers = serversOf(view([member(1), member(2)]), member(1));

  it('finds nothing where it is, whatever else is in maintenance', () => {
    const state = [
      '1',
      '# be_id be_name srv_id srv_name …',
      line('shop-1', '127.0.0.1', 8080, 0, 1),
      line('shop-2', '10.77.0.2', 8479, 0, 1),
      line('gone', '10.77.0.9', 8479, 1, 1),
    ].join('\n');
    expect(findProxyMismatch(servers, state)).toBeNull();
  });

  it.each([
    ['a member that is missing', [line('shop-1', '127.0.0.1', 8080, 0, 1)], /shop-2 is missing/],
    [
      'another address',
      [line('shop-1', '127.0.0.1', 8080, 0, 1), line('shop-2', '10.77.0.3', 8479, 0, 1)],
      /10\.77\.0\.3/,
    ],
    [
      'a member that drains and should not',
      [line('shop-1', '127.0.0.1', 8080, 0, 1), line('shop-2', '10.77.0.2', 8479, 0, 0)],
      /draining/,
    ],
    [
      'a member in maintenance that should not be',
      [line('shop-1', '127.0.0.1', 8080, 0, 1), line('shop-2', '10.77.0.2', 8479, 1, 1)],
      /disabled/,
    ],
    [
      'one that is no member and takes requests',
      [1, 2, 3].map((n) => line(`shop-${n}`, n === 1 ? '127.0.0.1' : `10.77.0.${n}`, n === 1 ? 8080 : 8479, 0, 1)),
      /shop-3 is no member/,
    ],
  ])('finds %s', (_what, lines, reason) => {
    expect(findProxyMismatch(servers, lines.join('\n'))).toMatch(reason);
  });
});
