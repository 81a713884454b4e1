import type { ClusterMember, ClusterView } from '../types';
import { renderControlLua } from './control.lua';
import { GUEST } from './paths';
import { renderProxyLua } from './proxy.lua';
import type { GuestFile } from './put';
import { renderPrepareDirector } from './render-director';
import { type ProxyOptions, renderHaproxy } from './render-haproxy';
import { renderDirector } from './render-keepalived';
import { renderBoot, renderPrepare, renderRunFiles } from './render-run';
import { quote } from './shell';
import { renderStatusLua } from './status.lua';
import { canonicalView } from './view';

/** What the scripts in the guest need to know of their node; read with the shell's `.`. */
const renderNodeEnvironment = (view: ClusterView, self: ClusterMember): string =>
  [
    `SELF=${quote(self.name)}`,
    `VIP=${quote(view.vip)}`,
    `PORT=${view.workload.port}`,
    `SERVICE_PORT=${view.workload.servicePort}`,
    `HEALTH=${quote(view.workload.healthPath)}`,
    `VOLUME=${quote(view.workload.volume?.mountPath ?? '')}`,
    '',
  ].join('\n');

/** The files that change with the view; the proxy's state map is kept by the scripts, because a hold lives in it. */
export const renderViewFiles = (view: ClusterView, self: ClusterMember, options: ProxyOptions): GuestFile[] => [
  { path: GUEST.proxyConfig, content: renderHaproxy(view, self, options), mode: '0644' },
  { path: GUEST.directorConfig, content: renderDirector(view, self), mode: '0644' },
  { path: GUEST.node, content: renderNodeEnvironment(view, self), mode: '0644' },
  { path: GUEST.view, content: canonicalView(view), mode: '0600' },
];

/** Everything that a node is given. */
export const renderAllFiles = (view: ClusterView, self: ClusterMember, options: ProxyOptions): GuestFile[] => [
  ...view.workload.files,
  { path: GUEST.proxyLua, content: renderProxyLua(view), mode: '0644' },
  { path: GUEST.statusLua, content: renderStatusLua(view, self), mode: '0644' },
  { path: GUEST.controlLua, content: renderControlLua(view, self), mode: '0644' },
  { path: GUEST.prepare, content: renderPrepare(view), mode: '0644' },
  { path: GUEST.boot, content: renderBoot(view), mode: '0644' },
  { path: GUEST.prepareDirector, content: renderPrepareDirector(view), mode: '0644' },
  ...renderRunFiles(view, self, options),
  ...renderViewFiles(view, self, options),
];
