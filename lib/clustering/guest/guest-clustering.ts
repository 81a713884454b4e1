import { z } from 'zod';
import { Serial } from '@/lib/concurrency/serial';
import { type Hypervisor, HypervisorError } from '@/lib/hypervisors/types';
import { COLLECTOR_ADDRESS, COLLECTOR_PORT } from '../ports';
import type { Clustering, ClusterView } from '../types';
import { findProxyMismatch } from './proxy-change';
import { type ProxyOptions, serversOf } from './render-haproxy';
import { startApplicationScript, stopApplicationScript } from './scripts/application';
import { configureScript, reloadProxyScript } from './scripts/configure';
import { holdScript } from './scripts/hold';
import { installScript } from './scripts/install';
import { leaveScript, logScript } from './scripts/leave';
import { parsePeers, peersScript } from './scripts/peers';
import { parseStatus, saysUnmounted, statusScript } from './scripts/status';
import { standScript, yieldScript } from './scripts/vip';
import { mountScript, unmountScript } from './scripts/volume';
import { type GuestScript, runScript } from './shell';
import { getMember } from './view';

/** Only what a plan of a change looks at; the rest is as it was written by `canonicalView`. */
const viewShape = z.looseObject({ clusterId: z.string(), members: z.array(z.looseObject({ vmId: z.string() })) });

/** A way to members over the network, where a question costs them next to nothing. */
export interface MemberNetwork {
  /** The page of `STATUS_PATH` at the member's address. Rejects when it does not come in time. */
  memberStatus(address: string, timeoutMs: number): Promise<string>;
}

/** An emulated guest that is busy answers within some 100 ms; one that is cut off is asked by another way. */
const PAGE_TIMEOUT_MS = 1_000;

/**
 * The clustering process inside real guests, over their guest channel. Acts on one VM run one after another; each is
 * one script in the guest; `ensureConfigured` is two where this process does not know what is in force.
 */
export const createGuestClustering = (
  hypervisor: Pick<Hypervisor, 'guest'>,
  network: MemberNetwork | null = null,
  options: ProxyOptions = { collector: { address: COLLECTOR_ADDRESS, port: COLLECTOR_PORT } },
): Clustering => {
  const turns = new Serial();
  const run = (vmId: string, script: GuestScript): Promise<string> => runScript(hypervisor.guest(vmId), script);
  const act = (vmId: string, script: GuestScript): Promise<void> =>
    turns.run(vmId, async () => {
      await run(vmId, script);
    });

  /** Where the members are of whom this process was ever told; the others are asked by the guest channel. */
  const addresses = new Map<string, string>();
  const learn = (view: ClusterView): void => {
    for (const { vmId, address } of view.members) addresses.set(vmId, address);
  };

  /** The view that this process last brought a member to: a guess that saves a question, which the guest checks. */
  const last = new Map<string, ClusterView>();

  const configure = async (vmId: string, view: ClusterView): Promise<boolean> => {
    const wanted = getMember(view, vmId);
    learn(view);
    let answer = parseConfigured(await run(vmId, configureScript(vmId, last.get(vmId) ?? view, view, options)));
    if (answer.kind === 'other') {
      const { from } = answer;
      if (from !== null && from.clusterId !== view.clusterId) {
        throw new HypervisorError(
          'wrong_state',
          `VM ${vmId} is a member of another cluster: it must leave that first.`,
        );
      }
      answer = parseConfigured(await run(vmId, configureScript(vmId, from, view, options)));
      if (answer.kind === 'other') {
        throw new HypervisorError('guest_failed', `Somebody else configures VM ${vmId} at the same time.`);
      }
    }
    last.set(vmId, view);
    if (answer.kind === 'same') return false;
    const servers = serversOf(view, wanted);
    if (findProxyMismatch(servers, answer.servers) === null) return true;
    const mismatch = findProxyMismatch(servers, await run(vmId, reloadProxyScript));
    if (mismatch === null) return true;
    throw new HypervisorError('guest_failed', `The proxy is not as it was configured: ${mismatch}.`);
  };

  /** Null where the network gives no answer: the guest channel then says why, or that it is the network's fault. */
  const readPage = async (vmId: string): Promise<string | null> => {
    const address = addresses.get(vmId);
    if (network === null || address === undefined) return null;
    try {
      const page = await network.memberStatus(address, PAGE_TIMEOUT_MS);
      // An address is given again when its VM is gone.
      return page.startsWith(`vm=${vmId}\n`) ? page : null;
    } catch {
      return null;
    }
  };

  return {
    ensureInstalled: (vmId, view) =>
      turns.run(vmId, async () => {
        const self = getMember(view, vmId);
        learn(view);
        const outcome = await run(vmId, installScript(view, self, options));
        if (outcome.trim() === 'present') await configure(vmId, view);
        last.set(vmId, view);
      }),
    ensureConfigured: (vmId, view) => turns.run(vmId, () => configure(vmId, view)),
    // Not in turn: a look does not wait for a drain, and changes nothing.
    status: async (vmId) => parseStatus((await readPage(vmId)) ?? (await run(vmId, statusScript)), new Date()),
    peers: async (vmId) => parsePeers(await run(vmId, peersScript)),
    yieldVip: (vmId) => act(vmId, yieldScript),
    ensureStanding: (vmId, view) =>
      turns.run(vmId, async () => {
        await configure(vmId, view);
        await run(vmId, standScript);
      }),
    ensureRequestsHeld: (vmId, held, healthyNode) => act(vmId, holdScript(held, healthyNode)),
    ensureApplicationStopped: (vmId, stop) => act(vmId, stopApplicationScript(stop)),
    ensureApplicationStarted: (vmId, { deadlineMs }) =>
      turns.run(vmId, async () => {
        const answer = await run(vmId, startApplicationScript(deadlineMs));
        if (!answer.startsWith('late')) return;
        const last = answer.split('\n').slice(1).join('\n').trim();
        throw new HypervisorError('deadline', `The application was not healthy within ${deadlineMs} ms. ${last}`);
      }),
    ensureVolumeMounted: (vmId, volumeId, mountPath) => act(vmId, mountScript(volumeId, mountPath)),
    ensureVolumeUnmounted: (vmId, mountPath) =>
      turns.run(vmId, async () => {
        const page = await readPage(vmId);
        if (page === null || !saysUnmounted(page)) await run(vmId, unmountScript(mountPath));
      }),
    ensureLeft: async (vmId) => {
      last.delete(vmId);
      addresses.delete(vmId);
      await act(vmId, leaveScript);
    },
    readLog: (vmId, lines) => run(vmId, logScript(lines)),
  };
};

type Configured =
  | { readonly kind: 'same' }
  | { readonly kind: 'applied'; readonly servers: string }
  /** Another view is in force; null when it cannot be known, because a change was begun and not ended. */
  | { readonly kind: 'other'; readonly from: ClusterView | null };

const parseConfigured = (text: string): Configured => {
  const [kind, ...lines] = text.split('\n');
  if (kind === 'same') return { kind };
  if (kind === 'applied') return { kind, servers: lines.join('\n') };
  const [hash = '', ...json] = lines;
  try {
    const value: unknown = JSON.parse(json.join('\n'));
    return { kind: 'other', from: hash !== '' && viewShape.safeParse(value).success ? (value as ClusterView) : null };
  } catch {
    return { kind: 'other', from: null };
  }
};
