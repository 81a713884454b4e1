import type { NodeHealth, Prisma, Vm } from '@/lib/db/generated/client';
import type { Judgement, Witnesses } from '@/lib/domain/health';
import type { Transaction } from '@/lib/usecases/context';

export interface HealthSubject {
  readonly vmId: string;
  readonly clusterId: string;
  readonly vm: Pick<Vm, 'name'>;
  /** What was noted last. */
  readonly health: NodeHealth | null;
}

/** Keys come back from the database in another order. */
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;

/** Whether a judgement says nothing that was not noted already. */
export const isNoted = ({ health }: HealthSubject, judgement: Judgement, witnesses: Witnesses): boolean =>
  health !== null &&
  health.verdict === judgement.verdict &&
  health.reason === judgement.reason &&
  health.unseenSince?.getTime() === judgement.unseenSince?.getTime() &&
  JSON.stringify(sorted(health.witnesses)) === JSON.stringify(sorted(witnesses));

/** Keeps a verdict with the evidence that it rests on; every change of it is kept besides. */
export const noteVerdict = async (
  tx: Transaction,
  subject: HealthSubject,
  { verdict, reason, unseenSince }: Judgement,
  witnesses: Witnesses,
  now: Date,
): Promise<void> => {
  const { vmId, clusterId, health } = subject;
  const json: Prisma.InputJsonObject = { ...witnesses, guest: { ...witnesses.guest }, peers: { ...witnesses.peers } };
  const isNew = health?.verdict !== verdict;
  const facts = { verdict, reason, unseenSince, witnesses: json, at: now };
  await tx.nodeHealth.upsert({
    where: { vmId },
    update: { ...facts, ...(isNew ? { since: now } : {}) },
    create: { vmId, clusterId, since: now, ...facts },
  });
  if (!isNew) return;
  const before = health?.verdict ?? null;
  await tx.healthChange.create({
    data: { clusterId, vmId, node: subject.vm.name, at: now, before, verdict, reason, witnesses: json },
  });
};
