import { alarmSubject } from '@/lib/domain/alarm';
import type { EventDraft } from '@/lib/events/append';
import { endAlarm } from '../alarms/raise';
import type { Transaction } from '../context';
import { newId } from '../ids';

export interface Proof {
  readonly at: Date;
  readonly method: string;
  readonly detail: string;
}

/** Nodes of which it is certain that they act no more have failed; the verdict rests on the proof. */
const failNodes = async (
  tx: Transaction,
  where: { readonly vmId: string } | { readonly vm: { readonly hostId: string } },
  at: Date,
  reason: string,
): Promise<readonly EventDraft[]> => {
  const nodes = await tx.node.findMany({
    where: { ...where, state: { in: ['joining', 'active', 'draining'] } },
    include: { vm: true, health: true },
  });
  for (const { vmId, clusterId, vm, health } of nodes) {
    const witnesses = { process: 'ended', guest: { answers: false }, peers: { asked: 0, up: 0 }, prober: null };
    const facts = { verdict: 'lost', reason, unseenSince: health?.unseenSince ?? at, witnesses, since: at, at };
    await tx.node.update({ where: { vmId }, data: { state: 'failed', healthy: false, holdsVip: false } });
    await tx.nodeHealth.upsert({ where: { vmId }, update: facts, create: { vmId, clusterId, ...facts } });
    await tx.healthChange.create({
      data: { clusterId, vmId, node: vm.name, at, before: health?.verdict ?? null, verdict: 'lost', reason, witnesses },
    });
  }
  return nodes.map(({ vmId, clusterId }): EventDraft => ({ kind: 'node', clusterId, payload: { vmId } }));
};

/**
 * Writes down that nothing on a host can act any more, with the proof: its nodes have failed, its VMs have ended, and all
 * of them are to be replaced. Resolves with what watchers are to be told.
 */
export const noteHostFenced = async (
  tx: Transaction,
  host: { readonly id: string; readonly name: string },
  { at, method, detail }: Proof,
  by: string,
): Promise<readonly EventDraft[]> => {
  const subject = alarmSubject('host', host.id);
  await tx.host.updateMany({ where: { id: host.id, state: 'down' }, data: { state: 'fenced' } });
  await tx.fence.create({ data: { id: newId(), subject, at, method, detail, by } });
  const events = await failNodes(tx, { vm: { hostId: host.id } }, at, `Its host was fenced. ${detail}`);
  const vms = await tx.vm.findMany({ where: { hostId: host.id, state: { not: 'released' } }, select: { id: true } });
  await tx.vm.updateMany({
    where: { hostId: host.id, state: { in: ['creating', 'running'] } },
    data: { state: 'failed', endedAt: at },
  });
  await endAlarm(tx, at, 'fence-in-doubt', subject, detail);
  await endAlarm(tx, at, 'host-unmanaged', subject, detail);
  for (const { id } of vms) await endAlarm(tx, at, 'fence-in-doubt', alarmSubject('vm', id), detail);
  return [{ kind: 'host', payload: { host: host.name, state: 'fenced', evidence: detail } }, ...events];
};

/** The same of one VM, whose host may go on. */
export const noteVmFenced = async (
  tx: Transaction,
  vmId: string,
  { at, method, detail }: Proof,
  by: string,
): Promise<readonly EventDraft[]> => {
  const subject = alarmSubject('vm', vmId);
  await tx.fence.create({ data: { id: newId(), subject, at, method, detail, by } });
  const events = await failNodes(tx, { vmId }, at, detail);
  await tx.vm.updateMany({
    where: { id: vmId, state: { in: ['creating', 'running'] } },
    data: { state: 'failed', endedAt: at },
  });
  await endAlarm(tx, at, 'fence-in-doubt', subject, detail);
  return events;
};
