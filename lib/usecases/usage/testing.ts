import type { UsageSubject } from '@/lib/domain/usage/types';
import type { Database } from '../context';
import { noteUsage } from './note-usage';

/** Has a VM live in the ledger as the meter would; without an end it goes on. Times are ISO 8601. */
export const liveVm = async (
  db: Database,
  life: {
    readonly id: string;
    readonly from: string;
    readonly to?: string;
    readonly seen?: string;
    readonly subject?: Partial<UsageSubject>;
    readonly reason?: string;
  },
): Promise<void> => {
  const subject: UsageSubject = {
    name: life.id,
    tier: 'service',
    clusterId: 'shop',
    clusterName: 'shop',
    costCentre: 'default',
    site: 'paris',
    host: 'paris-1',
    shape: { vcpus: 2, memoryMiB: 1_024, diskGiB: 10 },
    ...life.subject,
  };
  const run = { resource: 'vm', resourceId: life.id, startedAtMs: Date.parse(life.from) } as const;
  const because = { operationId: null, actor: 'ada@example.org', reason: life.reason ?? 'more visitors' };
  await noteUsage(
    db,
    [
      { ...run, kind: 'started', subject, because },
      ...(life.seen === undefined ? [] : [{ ...run, kind: 'seen', atMs: Date.parse(life.seen) } as const]),
      ...(life.to === undefined ? [] : [{ ...run, kind: 'ended', atMs: Date.parse(life.to), because } as const]),
    ],
    new Date(life.to ?? life.seen ?? life.from),
  );
};
