import { monthEndMs, monthOf } from '@/lib/domain/usage/month';
import type { Because } from '@/lib/domain/usage/types';
import type { VmFacts } from '@/lib/hypervisors/types';
import { clockOfVm, timeAtVm } from '@/lib/steps/vm-clock';
import { type MeterReport, noteUsage } from '@/lib/usecases/usage/note-usage';
import { fromSubjectColumns, toResource } from '@/lib/usecases/usage/rows';
import type { OrchestratorContext } from '../context';
import { noteEnd, noteEndAt, noteStart } from '../metering/metered-hypervisor';
import { reportsOfReservations } from '../metering/reservations';
import type { Task } from '../task';

const PERIOD_MS = 5_000;

/**
 * Finds what the ledger does not know yet: VMs that run, and whose processes ended, by themselves or while no
 * orchestrator was there; volumes and virtual addresses that were taken or given back; clusters that are charged to
 * another cost centre. Of what the hypervisor cannot tell it says nothing: a run stays open until its end is known.
 */
export const usageMeter = (context: OrchestratorContext): Task => ({
  name: 'usage-meter',
  periodMs: PERIOD_MS,
  deadlineMs: 60_000,
  run: async (signal) => {
    const lookedAt = context.clock.now();
    const vms = await context.hypervisor.listVms();
    const open = await context.db.usageOpen.findMany({ where: { resource: 'vm' } });
    const since = new Map(open.map((row) => [row.resourceId, row.runStartedAt.getTime()]));
    for (const vm of vms) {
      if (signal.aborted) return;
      const isOpen = since.has(vm.id);
      if (vm.startedAt === null && isOpen) await noteEnd(context, vm);
      if (vm.startedAt !== null && since.get(vm.id) !== vm.startedAt.getTime()) await noteStart(context, vm);
    }
    await noteVanished(context, new Set(vms.map((vm) => vm.id)));
    await noteUsage(context.db, await reportsOfReservations(context.db), lookedAt);
    await noteCostCentres(context);
    await noteSightings(context, vms, lookedAt);
  },
});

/** A VM that the hypervisor does not have any more ended when the step that removed it found it ended. */
const noteVanished = async (context: OrchestratorContext, known: ReadonlySet<string>): Promise<void> => {
  const open = await context.db.usageOpen.findMany({ where: { resource: 'vm' }, select: { resourceId: true } });
  const vanished = open.map(({ resourceId }) => resourceId).filter((id) => !known.has(id));
  const rows = await context.db.vm.findMany({ where: { id: { in: vanished }, state: 'released' } });
  for (const { id, endedAt, releasedAt } of rows) {
    const at = endedAt ?? releasedAt;
    if (at !== null) await noteEndAt(context, id, at);
  }
};

/** Everything of a cluster is charged to its cost centre since it was given that one. */
const noteCostCentres = async (context: OrchestratorContext): Promise<void> => {
  const clusters = await context.db.cluster.findMany({
    where: { costCentreSince: { not: null } },
    select: { id: true, costCentre: true, costCentreSince: true, costCentreBy: true, costCentreReason: true },
  });
  for (const { id, costCentre, costCentreSince, costCentreBy, costCentreReason } of clusters) {
    if (costCentreSince === null) continue;
    const rows = await context.db.usageOpen.findMany({ where: { clusterId: id, costCentre: { not: costCentre } } });
    const because: Because = { operationId: null, actor: costCentreBy, reason: costCentreReason };
    const reports: MeterReport[] = [];
    for (const row of rows) {
      // Who changed it may have a clock that is ahead of the hypervisor's: nothing is charged before it is used.
      const atVm = row.resource === 'vm' ? await timeAtVm(context, row.resourceId) : costCentreSince;
      reports.push({
        kind: 'changed',
        resource: toResource(row.resource),
        resourceId: row.resourceId,
        startedAtMs: row.runStartedAt.getTime(),
        atMs: Math.min(costCentreSince.getTime(), atVm.getTime()),
        subject: { ...fromSubjectColumns(row), costCentre },
        because,
      });
    }
    await noteUsage(context.db, reports, context.clock.now());
  }
};

/**
 * Moves on up to when each thing is known to be there, and closes the month for what outlived it. Whether a VM did, its
 * hypervisor's own clock says: this process's may jump.
 */
const noteSightings = async (context: OrchestratorContext, vms: readonly VmFacts[], lookedAt: Date): Promise<void> => {
  const running = vms.filter(({ state }) => state === 'running' || state === 'paused').map(({ id }) => id);
  const where = { OR: [{ resource: { in: ['volume', 'vip'] } }, { resource: 'vm', resourceId: { in: running } }] };
  await context.db.usageOpen.updateMany({
    where: { ...where, startedAt: { lt: lookedAt } },
    data: { seenAt: lookedAt },
  });
  const thisMonth = new Date(`${monthOf(lookedAt.getTime())}-01T00:00:00.000Z`);
  const old = await context.db.usageOpen.findMany({ where: { ...where, startedAt: { lt: thisMonth } } });
  if (old.length === 0) return;
  const reservationsMs = await clockOfReservations(context, running, lookedAt);
  for (const row of old) {
    const resource = toResource(row.resource);
    const seenMs = resource === 'vm' ? ((await clockOfVm(context, row.resourceId))?.getTime() ?? null) : reservationsMs;
    if (seenMs === null || seenMs < monthEndMs(monthOf(row.startedAt.getTime()))) continue;
    const startedAtMs = row.runStartedAt.getTime();
    await noteUsage(
      context.db,
      [{ kind: 'seen', resource, resourceId: row.resourceId, startedAtMs, atMs: seenMs }],
      lookedAt,
    );
  }
};

/** Volumes and addresses have no clock: what a hypervisor says of any VM, and only where none runs this process's. */
const clockOfReservations = async (
  context: OrchestratorContext,
  running: readonly string[],
  lookedAt: Date,
): Promise<number> => {
  for (const vmId of running) {
    const at = await clockOfVm(context, vmId);
    if (at !== null) return at.getTime();
  }
  return lookedAt.getTime();
};
