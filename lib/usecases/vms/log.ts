import type { VmLogQuery, VmLogView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { notifyGuests } from '@/lib/events/guests';
import { authorise, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { record } from '../record';
import { getRunningVm } from './running-vm';

const ANSWER_DEADLINE_MS = 15_000;
const LOOK_EVERY_MS = 100;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The last lines of what runs in a node: keepalived, HAProxy and the application. The orchestrator asks the guest; this
 * waits for its answer. Throws `wrong_state` for what is no running node, `unavailable` when no answer came in 15 s.
 */
export const readVmLog = async (
  context: UseCaseContext,
  vmIdOrName: string,
  { lines }: VmLogQuery,
): Promise<VmLogView> => {
  authorise(context, 'vm.logs');
  const { vm, requestId } = await record(context, async (tx) => {
    const running = await getRunningVm(tx, vmIdOrName);
    const node = await tx.node.findUnique({ where: { vmId: running.id }, select: { installedAt: true } });
    if (node?.installedAt == null) {
      throw new HeadroomError('wrong_state', `${running.name} is no node: nothing of ours runs in it yet.`);
    }
    const request = await tx.vmLogRequest.create({
      data: { id: newId(), vmId: running.id, lines, requestedAt: context.clock() },
    });
    return {
      value: { vm: { id: running.id, name: running.name }, requestId: request.id },
      audit: { action: 'vm.log', subject: `vm/${running.name}`, detail: { lines } },
    };
  });
  await notifyGuests(context.db);
  try {
    const expires = Date.now() + ANSWER_DEADLINE_MS;
    while (Date.now() < expires) {
      const answer = await context.db.vmLogRequest.findUniqueOrThrow({ where: { id: requestId } });
      if (answer.answeredAt !== null) {
        if (answer.text === null) {
          throw new HeadroomError('unavailable', `The guest of ${vm.name} did not tell its log: ${answer.error ?? ''}`);
        }
        return { vm, at: answer.answeredAt.toISOString(), text: answer.text };
      }
      await wait(LOOK_EVERY_MS);
    }
  } finally {
    await context.db.vmLogRequest.deleteMany({ where: { id: requestId } });
  }
  throw new HeadroomError('unavailable', `No answer from ${vm.name} within ${ANSWER_DEADLINE_MS / 1000} s.`, {
    retryable: true,
  });
};
