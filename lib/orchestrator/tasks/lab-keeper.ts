import type { LabFault } from '@/lib/db/generated/client';
import type { LabFaultView } from '@/lib/domain/contract';
import { lasts } from '@/lib/domain/lab-fault';
import { appendEvents } from '@/lib/events/append';
import { notifyEvents } from '@/lib/events/notify';
import { type Cut, type Hypervisor, HypervisorError, type Rehearsal } from '@/lib/hypervisors/types';
import { toLabFaultView } from '@/lib/usecases/lab/view';
import { forEachBounded, type OrchestratorContext, within } from '../context';
import type { Task } from '../task';

const ACT_DEADLINE_MS = 60_000;
const AT_ONCE = 8;

/** Does to the lab what people asked for, and makes it good again. Each is tried once: people see what came of it. */
export const labKeeper = (context: OrchestratorContext): Task => ({
  name: 'lab-keeper',
  periodMs: 5_000,
  deadlineMs: 120_000,
  run: async () => {
    const faults = await context.db.labFault.findMany({
      where: { state: { in: ['requested', 'restoring'] } },
      orderBy: { requestedAt: 'asc' },
    });
    await forEachBounded(faults, AT_ONCE, (fault) =>
      fault.state === 'requested' ? apply(context, fault) : restore(context, fault),
    );
  },
});

const getRehearsal = ({ hypervisor }: OrchestratorContext): Rehearsal => {
  if (hypervisor.rehearsal !== null) return hypervisor.rehearsal;
  throw new HypervisorError('failed', `The hypervisor ${hypervisor.name} does not hurt its machines on purpose.`);
};

const note = async (
  { db }: OrchestratorContext,
  fault: LabFault,
  data: Partial<Pick<LabFault, 'state' | 'appliedAt' | 'endedAt' | 'detail'>>,
): Promise<void> => {
  await db.$transaction(async (tx) => {
    await tx.labFault.update({ where: { id: fault.id }, data });
    await appendEvents(tx, [{ kind: 'lab', payload: { faultId: fault.id, state: data.state ?? fault.state } }]);
  });
  await notifyEvents(db);
};

const apply = async (context: OrchestratorContext, fault: LabFault): Promise<void> => {
  const view = toLabFaultView(fault);
  try {
    const acts = harm(context.hypervisor, getRehearsal(context), fault.targetId, view);
    await within(context, ACT_DEADLINE_MS, `${view.kind} ${view.target}`, acts);
    const at = context.clock.now();
    context.say('the lab was hurt on purpose', { kind: view.kind, target: view.target, by: view.requestedBy });
    await note(context, fault, {
      appliedAt: at,
      ...(lasts(view.kind) ? { state: 'active' } : { state: 'ended', endedAt: at }),
    });
  } catch (error) {
    await note(context, fault, { state: 'failed', endedAt: context.clock.now(), detail: reasonOf(error) });
  }
};

const restore = async (context: OrchestratorContext, fault: LabFault): Promise<void> => {
  const view = toLabFaultView(fault);
  try {
    const acts = makeGood(context.hypervisor, getRehearsal(context), fault.targetId, view);
    await within(context, ACT_DEADLINE_MS, `restoring ${view.target}`, acts);
    context.say('the lab was made good again', { kind: view.kind, target: view.target });
    await note(context, fault, { state: 'ended', endedAt: context.clock.now() });
  } catch (error) {
    // A VM that was fenced or replaced meanwhile needs nothing any more; a host or site that cannot be healed does.
    const isOver = error instanceof HypervisorError && ['not_found', 'wrong_state'].includes(error.code);
    const detail = isOver ? `It was over: ${reasonOf(error)}` : `Not made good: ${reasonOf(error)}`;
    await note(
      context,
      fault,
      isOver ? { state: 'ended', endedAt: context.clock.now(), detail } : { state: 'active', detail },
    );
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const harm = async (
  hypervisor: Hypervisor,
  rehearsal: Rehearsal,
  targetId: string,
  { kind, direction }: LabFaultView,
): Promise<void> => {
  const cut: Cut = direction ?? 'both';
  switch (kind) {
    case 'crash-vm':
      return rehearsal.crashVm(targetId);
    case 'crash-application':
      return rehearsal.crashApplication(targetId);
    case 'pause-vm':
      return hypervisor.pauseVm(targetId);
    case 'fill-disk':
      return rehearsal.fillDisk(targetId);
    case 'power-off-host':
      return rehearsal.setHostPower(targetId, 'off');
    case 'cut-host':
      return rehearsal.cutHost(targetId, cut);
    case 'cut-site':
      return rehearsal.cutSite(targetId, cut);
    default:
      return kind satisfies never;
  }
};

const makeGood = async (
  hypervisor: Hypervisor,
  rehearsal: Rehearsal,
  targetId: string,
  { kind }: LabFaultView,
): Promise<void> => {
  switch (kind) {
    case 'crash-vm':
      return;
    case 'crash-application':
      return rehearsal.startApplication(targetId);
    case 'pause-vm':
      return hypervisor.resumeVm(targetId);
    case 'fill-disk':
      return rehearsal.emptyDisk(targetId);
    case 'power-off-host':
      return rehearsal.setHostPower(targetId, 'on');
    case 'cut-host':
      return rehearsal.cutHost(targetId, null);
    case 'cut-site':
      return rehearsal.cutSite(targetId, null);
    default:
      return kind satisfies never;
  }
};
