import { ACTIVE_OPERATION_STATES } from '@/lib/domain/operation';
import { fromPlanJson } from '@/lib/usecases/operations/stored';
import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/**
 * Removes what nobody owns: VMs and volumes that the database does not know or has released, and places that are held
 * for a plan that has ended. What belongs to an operation under way is its own affair.
 */
export const orphanCollector = (context: OrchestratorContext): Task => ({
  name: 'orphan-collector',
  periodMs: 30_000,
  deadlineMs: 120_000,
  run: async () => {
    const { db, hypervisor } = context;
    const owned = await idsOfActivePlans(context);
    // Read before the database: what is made after that is not in the list.
    const [vms, volumes] = [await hypervisor.listVms(), await hypervisor.listVolumes()];
    const live = new Set(
      (await db.vm.findMany({ where: { state: { not: 'released' } }, select: { id: true } })).map((vm) => vm.id),
    );
    for (const vm of vms) {
      if (live.has(vm.id) || owned.has(vm.id)) continue;
      await attempt(context, 'destroying an orphaned VM', vm.name, async () => {
        await hypervisor.fenceVm(vm.id);
        await hypervisor.destroyVm(vm.id);
      });
    }
    const kept = new Set(
      (await db.volume.findMany({ where: { destroyedAt: null }, select: { id: true } })).map((volume) => volume.id),
    );
    for (const volume of volumes) {
      if (kept.has(volume.id) || owned.has(volume.id) || volume.attachedTo !== null) continue;
      await attempt(context, 'destroying an orphaned volume', volume.id, () => hypervisor.destroyVolume(volume.id));
    }
    const known = new Set(vms.map((vm) => vm.id));
    const held = await db.vm.findMany({ where: { state: { in: ['reserved', 'creating', 'destroying'] } } });
    for (const vm of held) {
      if (owned.has(vm.id) || known.has(vm.id)) continue;
      context.say('giving back a place that nobody holds', { vm: vm.name });
      await db.vm.updateMany({
        where: { id: vm.id, state: vm.state },
        data: { state: 'released', releasedAt: context.clock.now() },
      });
    }
  },
});

/** One that cannot be removed now, because its host is away, is met again by the next run. */
const attempt = async (
  context: OrchestratorContext,
  what: string,
  subject: string,
  act: () => Promise<void>,
): Promise<void> => {
  context.say(what, { subject });
  await act().catch((error: unknown) => context.say(`${what} failed`, { subject, error: String(error) }));
};

/** Stuck operations too: a person may have them go on. */
const idsOfActivePlans = async ({ db }: OrchestratorContext): Promise<ReadonlySet<string>> => {
  const operations = await db.operation.findMany({
    where: { state: { in: [...ACTIVE_OPERATION_STATES, 'stuck'] } },
    select: { plan: true },
  });
  const ids = operations.flatMap(({ plan }) => {
    const { creates, removes, keeps, steps } = fromPlanJson(plan);
    const volumes = steps.flatMap((step) => ('volumeId' in step.args ? [step.args.volumeId] : []));
    return [...creates, ...removes, ...keeps].map((vm) => vm.vmId).concat(volumes);
  });
  return new Set(ids);
};
