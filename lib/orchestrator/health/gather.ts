import type { NodeStatus } from '@/lib/clustering/types';
import type { Node, Vm } from '@/lib/db/generated/client';
import { type GuestWitness, type Witnesses, worksByItsOwnWord } from '@/lib/domain/health';
import type { VmRunState } from '@/lib/hypervisors/types';
import { type OrchestratorContext, within } from '../context';

export type WatchedNode = Node & { readonly vm: Vm };

/** A probe's answer that is older says nothing about now. */
const PROBE_AGE_MS = 5_000;
const ASK_DEADLINE_MS = 3_000;
/** Members that are asked for their view of one that seems not to work. */
const PEERS_ASKED = 2;
/**
 * After so long: before that nobody is given up, and an application that moves is down for some seconds, while its clients
 * wait for the processors that a question would take. About one that only joins nobody is asked: an operation waits for it.
 */
const PEERS_AFTER_MS = 10_000;

/** Which nodes answered clients lately, by cluster; asked once per round. Null where the prober does not say. */
export class ProberView {
  readonly #context: OrchestratorContext;
  readonly #answers = new Map<string, Promise<ReadonlySet<string> | null>>();

  constructor(context: OrchestratorContext) {
    this.#context = context;
  }

  async saw(clusterId: string, node: string): Promise<boolean | null> {
    let asked = this.#answers.get(clusterId);
    if (asked === undefined) {
      asked = this.#ask(clusterId);
      this.#answers.set(clusterId, asked);
    }
    return (await asked)?.has(node) ?? null;
  }

  async #ask(clusterId: string): Promise<ReadonlySet<string> | null> {
    const { traffic, clock } = this.#context;
    const since = new Date(clock.now().getTime() - PROBE_AGE_MS);
    try {
      const asked = traffic.answeredSince(clusterId, since);
      return new Set((await within(this.#context, ASK_DEADLINE_MS, 'the prober', asked)).keys());
    } catch {
      return null;
    }
  }
}

const toProcess = (state: VmRunState | 'gone' | 'unasked'): Witnesses['process'] => {
  switch (state) {
    case 'running':
    case 'starting':
      return 'running';
    case 'paused':
      return 'paused';
    case 'crashed':
    case 'stopped':
    case 'gone':
      return 'ended';
    case 'unknown':
    case 'unasked':
      return 'unknown';
    default:
      return state satisfies never;
  }
};

const toGuest = (status: NodeStatus | null): GuestWitness => {
  if (status === null) return { answers: false };
  const { vrrp, holdsVip, application, proxy } = status;
  return { answers: true, vrrp, holdsVip, application, proxy };
};

/** Asks members that work for their view of this one. */
const askPeers = async (
  context: OrchestratorContext,
  node: WatchedNode,
  members: readonly WatchedNode[],
): Promise<Witnesses['peers']> => {
  const asked = members
    .filter((other) => other.vmId !== node.vmId && other.clusterId === node.clusterId && other.healthy === true)
    .slice(0, PEERS_ASKED);
  const views = await Promise.all(
    asked.map(({ vmId, vm }) =>
      within(context, ASK_DEADLINE_MS, `${vm.name}'s view`, context.clustering.peers(vmId)).catch(() => null),
    ),
  );
  const told = views.filter((view) => view !== null);
  return { asked: told.length, up: told.filter((view) => view.get(node.vm.name) === true).length };
};

/** What the hypervisor says of the node's VM. */
const askProcess = async (
  context: OrchestratorContext,
  vmId: string,
): Promise<{ readonly process: Witnesses['process']; readonly endedAt: Date | null }> => {
  const asked = context.hypervisor.findVm(vmId);
  const facts = await within(context, ASK_DEADLINE_MS, 'the hypervisor', asked).catch(() => undefined);
  return { process: toProcess(facts === null ? 'gone' : (facts?.state ?? 'unasked')), endedAt: facts?.endedAt ?? null };
};

export interface Gathered {
  readonly witnesses: Witnesses;
  readonly status: NodeStatus | null;
  readonly endedAt: Date | null;
}

/**
 * Hears every witness: the hypervisor first, since one whose process is gone has nothing more to say; the other members
 * only where it matters, because their answer costs them a script.
 */
export const gather = async (
  context: OrchestratorContext,
  input: {
    readonly node: WatchedNode;
    readonly members: readonly WatchedNode[];
    readonly prober: ProberView;
    /** Since when no witness has seen it work. */
    readonly unseenSince: Date | null;
    /** Asks the node itself; null when it does not answer. */
    readonly ask: () => Promise<NodeStatus | null>;
  },
): Promise<Gathered> => {
  const { node, members, prober, unseenSince, ask } = input;
  const { process, endedAt } = await askProcess(context, node.vmId);
  const [status, saw] = await Promise.all([
    process === 'ended' ? null : ask(),
    prober.saw(node.clusterId, node.vm.name),
  ]);
  const guest = toGuest(status);
  const works = worksByItsOwnWord(guest, node.runsApplication);
  const isClear = works || process === 'ended';
  const unseenMs = unseenSince === null ? 0 : context.clock.now().getTime() - unseenSince.getTime();
  const asksPeers = !isClear && (process === 'unknown' || (node.state !== 'joining' && unseenMs >= PEERS_AFTER_MS));
  const peers = asksPeers ? await askPeers(context, node, members) : { asked: 0, up: 0 };
  return { witnesses: { process, guest, peers, prober: saw }, status, endedAt };
};
