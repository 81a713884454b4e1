import type { Hypervisor, VmFacts } from '@/lib/hypervisors/types';
import { describeEnd, describeVm } from '@/lib/usecases/usage/describe-vm';
import { noteUsage } from '@/lib/usecases/usage/note-usage';
import type { OrchestratorContext } from '../context';

type MeterContext = Pick<OrchestratorContext, 'db' | 'clock' | 'say'>;

/** Writes down that a VM's process runs, since when the hypervisor says. Fine when that is known or it does not run. */
export const noteStart = async ({ db, clock }: MeterContext, facts: VmFacts): Promise<void> => {
  if (facts.startedAt === null || (facts.state !== 'running' && facts.state !== 'paused')) return;
  const known = await db.usageOpen.findFirst({
    where: { resource: 'vm', resourceId: facts.id, runStartedAt: facts.startedAt },
    select: { runId: true },
  });
  if (known !== null) return;
  const vm = await describeVm(db, facts.id);
  if (vm === null) return;
  const run = { resource: 'vm', resourceId: facts.id, startedAtMs: facts.startedAt.getTime() } as const;
  // Which one it takes the place of is known; when that one ended, if it was not seen, is not: as soon as it was last seen.
  const earlier = await db.usageOpen.findFirst({ where: { resource: 'vm', resourceId: facts.id } });
  if (earlier !== null) {
    const atMs = Math.min(earlier.seenAt.getTime(), run.startedAtMs);
    const because = { operationId: null, actor: 'system orchestrator', reason: 'its end was not seen' };
    const startedAtMs = earlier.runStartedAt.getTime();
    await noteUsage(db, [{ ...run, startedAtMs, kind: 'ended', atMs, because }], clock.now());
  }
  await noteUsage(db, [{ ...run, kind: 'started', ...vm }], clock.now());
};

/** Writes down that the process of a VM is gone, since when the hypervisor says. Fine when that is known or it runs. */
export const noteEnd = async ({ db, clock }: MeterContext, facts: VmFacts): Promise<void> => {
  if (facts.endedAt === null || facts.startedAt !== null || facts.state === 'unknown') return;
  await noteEndAt({ db, clock }, facts.id, facts.endedAt);
};

/** Writes down that the VM's open run ended then. Fine when none is open, or one that began later. */
export const noteEndAt = async (
  { db, clock }: Pick<MeterContext, 'db' | 'clock'>,
  vmId: string,
  endedAt: Date,
): Promise<void> => {
  const open = await db.usageOpen.findFirst({ where: { resource: 'vm', resourceId: vmId } });
  if (open === null || endedAt < open.runStartedAt) return;
  const run = { resource: 'vm', resourceId: vmId, startedAtMs: open.runStartedAt.getTime() } as const;
  const because = await describeEnd(db, vmId);
  await noteUsage(db, [{ ...run, kind: 'ended', atMs: endedAt.getTime(), because }], clock.now());
};

/**
 * A hypervisor that writes every start and end into the usage ledger. The end of a process is written before its VM is
 * started again or removed, because the hypervisor forgets it then; a start that could not be written is found by the
 * usage meter.
 */
export const meteredHypervisor = (real: Hypervisor, context: MeterContext): Hypervisor => {
  const noteLastEnd = async (vmId: string): Promise<void> => {
    const facts = await real.findVm(vmId);
    if (facts !== null) await noteEnd(context, facts);
  };
  const ended = async (facts: VmFacts): Promise<VmFacts> => {
    await noteEnd(context, facts);
    return facts;
  };
  /** It can no longer act: it ended when the hypervisor says, or at the latest when that was proven. */
  const noteFenced = async (vmId: string, provenAt: Date): Promise<void> => {
    const facts = await real.findVm(vmId);
    await noteEndAt(context, vmId, facts?.endedAt ?? provenAt);
  };
  const metered: Partial<Hypervisor> = {
    startVm: async (vmId, options) => {
      await noteLastEnd(vmId);
      const facts = await real.startVm(vmId, options);
      await noteStart(context, facts).catch((error: unknown) =>
        context.say('a start is not in the ledger yet', { vm: facts.name, error: String(error) }),
      );
      return facts;
    },
    stopVm: async (vmId, options) => ended(await real.stopVm(vmId, options)),
    killVm: async (vmId) => ended(await real.killVm(vmId)),
    destroyVm: async (vmId) => {
      const facts = await real.findVm(vmId);
      if (facts?.startedAt != null && facts.state !== 'unknown') await ended(await real.killVm(vmId));
      else if (facts !== null) await noteEnd(context, facts);
      await real.destroyVm(vmId);
    },
    fenceVm: async (vmId) => {
      const evidence = await real.fenceVm(vmId);
      await noteFenced(vmId, evidence.at);
      return evidence;
    },
    fenceHost: async (hostId) => {
      const evidence = await real.fenceHost(hostId);
      const vms = await context.db.vm.findMany({ where: { hostId, state: { not: 'released' } }, select: { id: true } });
      for (const { id } of vms) await noteFenced(id, evidence.at);
      return evidence;
    },
  };
  return new Proxy(real, {
    get: (target, name) => {
      const own: unknown = Reflect.get(metered, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
};
