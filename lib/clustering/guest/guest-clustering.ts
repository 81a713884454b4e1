import { z } from 'zod';
import { type Hypervisor, HypervisorError } from '@/lib/hypervisors/types';
import { COLLECTOR_ADDRESS, COLLECTOR_PORT } from '../ports';
import type { Clustering, ClusterView } from '../types';
import { createQueues } from './one-at-a-time';
import { findProxyMismatch } from './proxy-change';
import { type ProxyOptions, serversOf } from './render-haproxy';
import { startApplicationScript, stopApplicationScript } from './scripts/application';
import { configureScript, readViewScript, reloadProxyScript } from './scripts/configure';
import { holdScript } from './scripts/hold';
import { installScript } from './scripts/install';
import { leaveScript, logScript } from './scripts/leave';
import { parseStatus, statusScript } from './scripts/status';
import { standScript, yieldScript } from './scripts/vip';
import { mountScript, unmountScript } from './scripts/volume';
import { type GuestScript, runScript } from './shell';
import { getMember, hashView } from './view';

/** Only what a plan of a change looks at; the rest is as it was written by `canonicalView`. */
const viewShape = z.looseObject({ clusterId: z.string(), members: z.array(z.looseObject({ vmId: z.string() })) });

/**
 * The clustering process inside real guests, over their guest channel. Acts on one VM run one after another; each is
 * one script in the guest, but for `ensureConfigured`, which first reads what is in force.
 */
export const createGuestClustering = (
  hypervisor: Pick<Hypervisor, 'guest'>,
  options: ProxyOptions = { collector: { address: COLLECTOR_ADDRESS, port: COLLECTOR_PORT } },
): Clustering => {
  const inTurn = createQueues();
  const run = (vmId: string, script: GuestScript): Promise<string> => runScript(hypervisor.guest(vmId), script);
  const act = (vmId: string, script: GuestScript): Promise<void> =>
    inTurn(vmId, async () => {
      await run(vmId, script);
    });

  const configure = async (vmId: string, view: ClusterView): Promise<boolean> => {
    const wanted = hashView(view);
    const { hash, from } = parseInForce(await run(vmId, readViewScript));
    if (hash === wanted) return false;
    if (from !== null && from.clusterId !== view.clusterId) {
      throw new HypervisorError('wrong_state', `VM ${vmId} is a member of another cluster: it must leave that first.`);
    }
    const servers = serversOf(view, getMember(view, vmId));
    const state = await run(vmId, configureScript(vmId, from, view, options));
    if (findProxyMismatch(servers, state) === null) return true;
    const mismatch = findProxyMismatch(servers, await run(vmId, reloadProxyScript));
    if (mismatch === null) return true;
    throw new HypervisorError('guest_failed', `The proxy is not as it was configured: ${mismatch}.`);
  };

  return {
    ensureInstalled: (vmId, view) =>
      inTurn(vmId, async () => {
        const self = getMember(view, vmId);
        const outcome = await run(vmId, installScript(view, self, options));
        if (outcome.trim() === 'present') await configure(vmId, view);
      }),
    ensureConfigured: (vmId, view) => inTurn(vmId, () => configure(vmId, view)),
    // Not in turn: a look does not wait for a drain, and changes nothing.
    status: async (vmId) => parseStatus(await run(vmId, statusScript), new Date()),
    yieldVip: (vmId) => act(vmId, yieldScript),
    ensureStanding: (vmId, view) =>
      inTurn(vmId, async () => {
        await configure(vmId, view);
        await run(vmId, standScript);
      }),
    ensureRequestsHeld: (vmId, held) => act(vmId, holdScript(held)),
    ensureApplicationStopped: (vmId, { deadlineMs }) => act(vmId, stopApplicationScript(deadlineMs)),
    ensureApplicationStarted: (vmId, { deadlineMs }) =>
      inTurn(vmId, async () => {
        const answer = await run(vmId, startApplicationScript(deadlineMs));
        if (!answer.startsWith('late')) return;
        const last = answer.split('\n').slice(1).join('\n').trim();
        throw new HypervisorError('deadline', `The application was not healthy within ${deadlineMs} ms. ${last}`);
      }),
    ensureVolumeMounted: (vmId, volumeId, mountPath) => act(vmId, mountScript(volumeId, mountPath)),
    ensureVolumeUnmounted: (vmId, mountPath) => act(vmId, unmountScript(mountPath)),
    ensureLeft: (vmId) => act(vmId, leaveScript),
    readLog: (vmId, lines) => run(vmId, logScript(lines)),
  };
};

/**
 * The view is null when it cannot be known: the hash is empty while a configuration was begun and not ended, and the
 * member is then brought to the wanted view from whatever it is in.
 */
const parseInForce = (text: string): { readonly hash: string; readonly from: ClusterView | null } => {
  const end = text.indexOf('\n');
  const hash = text.slice(0, end);
  try {
    const value: unknown = JSON.parse(text.slice(end + 1));
    return { hash, from: hash !== '' && viewShape.safeParse(value).success ? (value as ClusterView) : null };
  } catch {
    return { hash, from: null };
  }
};
