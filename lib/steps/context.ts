import type { Clock } from '@/lib/clock';
import type { Clustering } from '@/lib/clustering/types';
import type { PrismaClient, Vm } from '@/lib/db/generated/client';
import type { StepKind } from '@/lib/domain/plan';
import type { Shape } from '@/lib/domain/shape';
import { appendEvents, type EventDraft } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import type { Hypervisor } from '@/lib/hypervisors/types';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { StepImplementation } from '@/lib/operations/step';
import type { Traffic } from '@/lib/traffic/types';
import type { MemberViews } from './member-views';

/** What steps act upon. */
export interface StepContext {
  readonly db: PrismaClient;
  readonly hypervisor: Hypervisor;
  readonly clustering: Clustering;
  readonly traffic: Traffic;
  readonly clock: Clock;
  readonly views: MemberViews;
}

export type Step<K extends StepKind> = StepImplementation<StepContext, K>;

/** Throws when there is none: a plan's steps reserve a VM before they speak of it. */
export const getVm = async (context: StepContext, vmId: string): Promise<Vm> => {
  const vm = await context.db.vm.findUnique({ where: { id: vmId } });
  if (vm === null) throw new HypervisorError('not_found', `There is no VM ${vmId} in the database.`);
  return vm;
};

export const getCluster = (context: StepContext, clusterId: string) =>
  context.db.cluster.findUniqueOrThrow({ where: { id: clusterId }, include: { workload: true } });

/** The cluster that a VM was made for. */
export const clusterIdOf = (vm: Vm): string => {
  if (vm.clusterId === null) throw new HypervisorError('wrong_state', `VM ${vm.name} belongs to no cluster.`);
  return vm.clusterId;
};

export const shapeOf = (vm: Vm): Shape => ({ vcpus: vm.vcpus, memoryMiB: vm.memoryMiB, diskGiB: vm.diskGiB });

/** Tells the watchers that something changed which no log entry says. */
export const tell = async (context: StepContext, events: readonly EventDraft[]): Promise<void> => {
  await context.db.$transaction((tx) => appendEvents(tx, events));
  await notifyEvents(context.db);
};

/** "0.4 s" */
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const POLL_MS = 50;

/** A look that takes long is not repeated at once: it costs the guest, which serves meanwhile. */
const POLL_MS_MAX = 1_000;

/**
 * Looks again and again until `look` gives something; one that fails for now is no answer either. The step's deadline,
 * which the signal carries, is the bound.
 */
export const until = async <T>(
  context: StepContext,
  signal: AbortSignal,
  look: () => Promise<T | null>,
): Promise<T> => {
  for (;;) {
    signal.throwIfAborted();
    const elapsedMs = context.clock.stopwatch();
    const found = await look().catch((error: unknown) => {
      if (error instanceof HypervisorError && error.retryable) return null;
      throw error;
    });
    if (found !== null) return found;
    await context.clock.sleep(Math.min(Math.max(POLL_MS, elapsedMs()), POLL_MS_MAX), signal);
  }
};

/** Whether the error says that there is nobody to ask: then what was to be asked for is moot for a VM that is to go. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof HypervisorError && ['not_found', 'wrong_state', 'unreachable', 'deadline'].includes(error.code);
