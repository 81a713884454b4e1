import type { LabFault } from '@/lib/db/generated/client';
import type { LabFaultView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { LAB_CUTS, LAB_FAULT_KINDS, LAB_FAULT_STATES } from '@/lib/domain/lab-fault';

const oneOf = <const T extends string>(known: readonly T[], text: string): T => {
  const found = known.find((candidate) => candidate === text);
  if (found === undefined)
    throw new HeadroomError('internal', 'A fault of the lab is not understood.', { context: { text } });
  return found;
};

export const toLabFaultView = (fault: LabFault): LabFaultView => ({
  id: fault.id,
  kind: oneOf(LAB_FAULT_KINDS, fault.kind),
  target: fault.target,
  direction: fault.direction === null ? null : oneOf(LAB_CUTS, fault.direction),
  state: oneOf(LAB_FAULT_STATES, fault.state),
  reason: fault.reason,
  requestedBy: fault.requestedBy,
  requestedAt: fault.requestedAt.toISOString(),
  appliedAt: fault.appliedAt?.toISOString() ?? null,
  endedAt: fault.endedAt?.toISOString() ?? null,
  detail: fault.detail,
});
