import type { ClusterMember, ClusterView } from '../types';
import { GUEST } from './paths';
import { type ProxyOptions, type ProxyServer, renderHaproxy, serversOf } from './render-haproxy';

export type ProxyChange =
  | { readonly kind: 'none' }
  /** The running proxy is told; no connection notices. */
  | { readonly kind: 'runtime'; readonly commands: readonly string[] }
  /** A new worker takes the listening sockets over; the old one serves its connections to their end. */
  | { readonly kind: 'reload' };

/**
 * How a member's proxy comes from one view to the next. Members that join, leave, drain or take the application over
 * are told through the runtime API; only what the API cannot change needs a reload.
 */
export const planProxyChange = (
  from: { readonly view: ClusterView; readonly self: ClusterMember },
  to: { readonly view: ClusterView; readonly self: ClusterMember },
  options: ProxyOptions,
): ProxyChange => {
  if (renderHaproxy(from.view, from.self, options) === renderHaproxy(to.view, to.self, options))
    return { kind: 'none' };
  if (skeleton(from.view, from.self, options) !== skeleton(to.view, to.self, options)) return { kind: 'reload' };
  const before = new Map(serversOf(from.view, from.self).map((server) => [server.name, server]));
  const after = serversOf(to.view, to.self);
  const kept = new Set(after.map((server) => server.name));
  const commands = [
    ...after.flatMap((server) => changeOf(before.get(server.name), server)),
    ...[...before.keys()].filter((name) => !kept.has(name)).flatMap(removalOf),
  ];
  if (from.self.draining !== to.self.draining) {
    commands.push(`set map ${GUEST.proxyState} draining ${to.self.draining ? 1 : 0}`);
  }
  return { kind: 'runtime', commands };
};

/** The configuration without what the runtime API can change. */
const skeleton = (view: ClusterView, self: ClusterMember, options: ProxyOptions): string => {
  const plain: ClusterMember = { ...self, draining: false };
  return renderHaproxy({ ...view, members: [plain] }, plain, options);
};

const changeOf = (before: ProxyServer | undefined, after: ProxyServer): string[] => {
  const name = `app/${after.name}`;
  if (before === undefined || before.address !== after.address) {
    return [
      ...(before === undefined ? [] : removalOf(after.name)),
      `add server ${name} ${after.address} ${after.attributes}`,
      `enable health ${name}`,
      // Up only when a check has said so: what may not be repeated must not meet an application that still starts.
      `set server ${name} health down`,
      ...(after.draining ? [`set server ${name} weight 0`] : []),
      `enable server ${name}`,
    ];
  }
  return before.draining === after.draining ? [] : [`set server ${name} weight ${after.draining ? '0' : '100%'}`];
};

/** A server that still has a connection is not deleted: it stays in maintenance, which takes no requests. */
const removalOf = (name: string): string[] => [`set server app/${name} state maint`, `del server app/${name}`];

/** Only says that the server began in maintenance; it stays set when the server is long ready (SRV_ADMF_CMAINT). */
const DISABLED_IN_CONFIGURATION = 0x04;

/** Why the running proxy is not as the view wants it, from `show servers state app`; null when it is. */
export const findProxyMismatch = (servers: readonly ProxyServer[], state: string): string | null => {
  const found = new Map<string, { address: string; enabled: boolean; draining: boolean }>();
  for (const line of state.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [, backend, , name, address, , admin, weight] = fields;
    const port = fields[18];
    if (backend !== 'app' || name === undefined || admin === undefined) continue;
    found.set(name, {
      address: `${address}:${port}`,
      enabled: (Number(admin) & ~DISABLED_IN_CONFIGURATION) === 0,
      draining: weight === '0',
    });
  }
  for (const server of servers) {
    const is = found.get(server.name);
    if (is === undefined) return `${server.name} is missing`;
    if (is.address !== server.address) return `${server.name} is at ${is.address} instead of ${server.address}`;
    if (!is.enabled) return `${server.name} is disabled`;
    if (is.draining !== server.draining) return `${server.name} is ${is.draining ? 'draining' : 'not draining'}`;
    found.delete(server.name);
  }
  const stray = [...found].find(([, is]) => is.enabled);
  return stray === undefined ? null : `${stray[0]} is no member`;
};
