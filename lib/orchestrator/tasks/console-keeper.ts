import { HypervisorError } from '@/lib/hypervisors/types';
import { CONSOLE_WANTED_MS, closeConsole } from '@/lib/usecases/vms/console';
import { Attachment } from '../consoles/attachment';
import { asSystem, type OrchestratorContext, within } from '../context';
import type { Task } from '../task';

const OPEN_DEADLINE_MS = 10_000;
/** Closed ones say in the audit trail what there was to say. */
const CLOSED_KEPT_MS = 24 * 60 * 60_000;
/** The task runs at every key that is typed. */
const REMOVE_EVERY_MS = 600_000;

export interface ConsoleKeeper extends Task {
  /** Lets all consoles go; what was printed stays for who leads next. */
  close(): Promise<void>;
}

/**
 * Opens the consoles of VMs that somebody looks at, writes what they print where the web process reads it, and types what
 * people typed. What nobody wants any more is let go, and what was printed removed.
 */
export const consoleKeeper = (context: OrchestratorContext): ConsoleKeeper => {
  const { db, clock, hypervisor } = context;
  const attachments = new Map<string, Attachment>();
  let isBegun = false;
  let removedAtMs = 0;

  /** Null when the guest has no console now: who looks is told by the end of theirs. */
  const attach = async (vmId: string): Promise<Attachment | null> => {
    try {
      // What an orchestrator before this one wrote down is still there: who looks has seen what was before.
      const isSeen = (await db.consoleChunk.count({ where: { vmId } })) > 0;
      const history = isSeen
        ? ''
        : await within(context, OPEN_DEADLINE_MS, 'reading a console', hypervisor.readConsoleLog(vmId));
      const stream = await within(context, OPEN_DEADLINE_MS, 'opening a console', hypervisor.openConsole(vmId));
      return new Attachment(context, vmId, stream, history);
    } catch (error) {
      if (!(error instanceof HypervisorError)) context.say('console not opened', { vmId, error: String(error) });
      return null;
    }
  };

  const detach = async (vmId: string): Promise<void> => {
    const attachment = attachments.get(vmId);
    attachments.delete(vmId);
    await attachment?.close();
    await db.consoleChunk.deleteMany({ where: { vmId } });
    await db.consoleInput.deleteMany({ where: { vmId } });
  };

  const closeAll = async (consoles: readonly { readonly id: string }[]): Promise<void> => {
    for (const { id } of consoles) await closeConsole(asSystem(context, 'console-keeper'), id);
  };

  const type = async (): Promise<void> => {
    const inputs = await db.consoleInput.findMany({ orderBy: { id: 'asc' }, take: 500 });
    if (inputs.length === 0) return;
    // Removed first: what is typed twice does harm, what is not typed is seen to be missing.
    await db.consoleInput.deleteMany({ where: { id: { in: inputs.map(({ id }) => id) } } });
    for (const { vmId, data } of inputs) attachments.get(vmId)?.type(data);
  };

  return {
    name: 'console-keeper',
    periodMs: 1_000,
    deadlineMs: 30_000,
    run: async () => {
      const now = clock.now().getTime();
      const open = await db.consoleSession.findMany({
        where: { closedAt: null },
        select: { id: true, vmId: true, wantedAt: true },
      });
      const isWanted = ({ wantedAt }: { readonly wantedAt: Date }): boolean =>
        now - wantedAt.getTime() < CONSOLE_WANTED_MS;
      await closeAll(open.filter((one) => !isWanted(one)));
      const wanted = new Set(open.filter(isWanted).map(({ vmId }) => vmId));
      // Left by an orchestrator that died, of consoles that nobody wants any more.
      if (!isBegun) await db.consoleChunk.deleteMany({ where: { vmId: { notIn: [...wanted] } } });
      isBegun = true;
      for (const vmId of attachments.keys()) if (!wanted.has(vmId)) await detach(vmId);
      for (const vmId of wanted) {
        const present = attachments.get(vmId);
        if (present !== undefined && !present.isOver) continue;
        const attachment = present === undefined ? await attach(vmId) : null;
        if (attachment !== null) attachments.set(vmId, attachment);
        else {
          await closeAll(open.filter((one) => one.vmId === vmId));
          await detach(vmId);
        }
      }
      await type();
      if (now - removedAtMs < REMOVE_EVERY_MS) return;
      removedAtMs = now;
      await db.consoleSession.deleteMany({ where: { closedAt: { lt: new Date(now - CLOSED_KEPT_MS) } } });
    },
    close: async () => {
      await Promise.all([...attachments.values()].map((attachment) => attachment.close()));
      attachments.clear();
    },
  };
};
