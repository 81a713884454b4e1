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
  const nodes = await tx.node.findMany({
    where: { vm: { hostId: host.id }, state: { in: ['joining', 'active', 'draining'] } },
    include: { vm: true, health: true },
  });
  for (const { vmId, clusterId, vm, health } of nodes) {
    const reason = `Its host was fenced. ${detail}`;
    const witnesses = { process: 'ended', guest: { answers: false }, peers: { asked: 0, up: 0 }, prober: null };
    const facts = { verdict: 'lost', reason, unseenSince: health?.unseenSince ?? at, witnesses, since: at, at };
    await tx.node.update({ where: { vmId }, data: { state: 'failed', healthy: false, holdsVip: false } });
    await tx.nodeHealth.upsert({ where: { vmId }, update: facts, create: { vmId, clusterId, ...facts } });
    await tx.healthChange.create({
      data: { clusterId, vmId, node: vm.name, at, before: health?.verdict ?? null, verdict: 'lost', reason, witnesses },
    });
  }
  await tx.vm.updateMany({
    where: { hostId: host.id, state: { in: ['creating', 'running'] } },
    data: { state: 'failed', endedAt: at },
  });
  await endAlarm(tx, at, 'fence-in-doubt', subject, detail);
  await endAlarm(tx, at, 'host-unmanaged', subject, detail);
  return [
    { kind: 'host', payload: { host: host.name, state: 'fenced', evidence: detail } },
    ...nodes.map(({ vmId, clusterId }): EventDraft => ({ kind: 'node', clusterId, payload: { vmId } })),
  ];
};
