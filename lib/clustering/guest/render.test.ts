import { describe, expect, it } from 'vitest';
import { ledger } from '@/lib/workloads';
import type { ClusterMember } from '../types';
import { renderPrepareDirector } from './render-director';
import { renderAllFiles, renderViewFiles } from './render-files';
import { renderFirewall } from './render-firewall';
import { renderHaproxy } from './render-haproxy';
import { OWN_MARK, renderDirector, renderPriority, renderVrrp } from './render-keepalived';
import { renderWorkload } from './render-run';
import { quote } from './shell';
import { member, view } from './testing/view';
import { hashView } from './view';

const two = view([member(1), member(2)]);

describe('VRRP', () => {
  it('has one configuration for as long as a node is a member, because its reload may hang', () => {
    const changed = view([member(1, { priority: 250, weight: 0, draining: true }), member(3)]);
    expect(renderVrrp(changed, member(1, { priority: 250 }))).toBe(renderVrrp(two, member(1)));
  });

  it.each([1, 100, 254])('comes to priority %i by the file that it watches', (priority) => {
    const base = Number(/^ {2}priority (\d+)$/m.exec(renderVrrp(two, member(1)))?.[1]);
    expect(base + Number(renderPriority(member(1, { priority })))).toBe(priority);
  });
});

describe('the director', () => {
  it('directs to every member by its weight', () => {
    const text = renderDirector(view([member(1), member(2, { weight: 0 })]), member(1));
    const servers = [...text.matchAll(/real_server (\S+) \{\s+weight (\d+)/g)].map((m) => [m[1], m[2]]);
    expect(servers).toEqual([
      ['10.77.0.1', '1'],
      ['10.77.0.2', '0'],
    ]);
  });

  it('has one that joins take requests in its own table, and nobody that drains', () => {
    const joins = member(2, { weight: 0 });
    const weightOfJoiner = (self: ClusterMember) =>
      /real_server 10\.77\.0\.2 \{\s+weight (\d+)/.exec(renderDirector(view([member(1), joins]), self))?.[1];
    expect([weightOfJoiner(joins), weightOfJoiner(member(1))]).toEqual(['1', '0']);
    const drains = member(2, { weight: 0, draining: true });
    expect(renderDirector(view([member(1), drains]), drains)).toContain('weight 0');
  });

  it('has the connections of a member of weight 0 go elsewhere', () => {
    expect(renderDirector(two, member(1))).toMatch(/^\s+mh-fallback$/m);
  });

  it('marks what clients send to the service, and nothing else', () => {
    const filters = renderPrepareDirector(two)
      .split('\n')
      .filter((text) => text.startsWith('filter'));
    expect(filters).toHaveLength(4);
    // Nothing else has the mark.
    const isOfMark = (filter: string) => filter.includes(`handle ${OWN_MARK} fw`);
    expect(filters.filter(isOfMark)).toHaveLength(1);
    for (const filter of filters.filter((each) => !isOfMark(each)))
      expect(filter).toContain('dst_ip 10.77.255.1 dst_port 80');
  });
});

describe('who has answered a client', () => {
  it('is asked for no other port and address than the service has', () => {
    const chain = renderFirewall(two).split('chain own {')[1]?.split('}')[0] ?? '';
    const rules = chain.split('\n').map((rule) => rule.trim());
    expect(rules.slice(2, 4)).toEqual(['ip daddr != 10.77.255.1 accept', 'tcp dport != 80 accept']);
    expect(rules[5]).toBe(`socket transparent 0 meta mark set ${OWN_MARK}`);
  });

  it('is told from who listens for all: the proxy has no address of its own for the service', () => {
    expect(renderHaproxy(two, member(1), { collector: null })).toMatch(/^ {2}bind \*:80 /m);
  });
});

describe('the proxy', () => {
  it('sends no request lines where nobody collects them', () => {
    expect(renderHaproxy(two, member(1), { collector: null })).not.toMatch(/^\s*log \d/m);
    expect(renderHaproxy(two, member(1), { collector: { address: '10.77.254.1', port: 5514 } })).toMatch(
      /^ {2}log 10\.77\.254\.1:5514 /m,
    );
  });

  it('gives what peers hand over to its own application only', () => {
    const home = renderHaproxy(two, member(1), { collector: null }).split('\nbackend home\n')[1] ?? '';
    expect(home.split('frontend')[0]).toContain('127.0.0.1:8080');
    expect(home).not.toContain('10.77.0.2');
  });
});

describe('files of a node', () => {
  it('are each at one place', () => {
    const paths = renderAllFiles(two, member(1), { collector: null }).map((file) => file.path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('leave alone at a change what is watched or kept over it', () => {
    const paths = renderViewFiles(two, member(1), { collector: null }).map((file) => file.path);
    expect(paths.filter((path) => path.includes('vrrp') || path.includes('state.map'))).toEqual([]);
  });

  it('tell the application its name, whatever is in it', () => {
    const self = { ...member(1), name: "o'node" };
    expect(renderWorkload(view([self]), self)).toContain("export HEADROOM_NODE='o'\\''node'\n");
  });
});

describe('the hash of a view', () => {
  it('does not depend on the order of keys', () => {
    const { clusterId, ...rest } = two;
    expect(hashView({ ...rest, clusterId })).toBe(hashView(two));
  });

  it('is another one when members joined in another order, because directors choose by it', () => {
    expect(hashView({ ...two, members: [...two.members].reverse() })).not.toBe(hashView(two));
  });

  it('changes with everything that a member is told', () => {
    const others = [
      view([member(1), member(2, { weight: 0 })]),
      view([member(1), member(2, { draining: true })]),
      view([member(1)]),
      view(two.members, { workload: ledger }),
    ];
    expect(new Set([two, ...others].map(hashView)).size).toBe(5);
  });
});

describe('words for the shell', () => {
  it.each(['', 'plain', "it's", '$(reboot)', '`x`', 'two words\n'])('keep %j as it is', async (text) => {
    const { execFileSync } = await import('node:child_process');
    expect(execFileSync('/bin/sh', ['-c', `printf %s ${quote(text)}`], { encoding: 'utf8' })).toBe(text);
  });
});
