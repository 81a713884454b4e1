import type { Recommendation } from '@/lib/db/generated/client';
import type { ChangeRequirementsInput } from '@/lib/domain/contract';
import type { Size } from '@/lib/domain/policy/size';
import { getClusterRow } from '../clusters/get-cluster';
import { requirementsInForce } from '../clusters/view';
import type { Transaction } from '../context';
import { fromSizeJson } from '../policies/stored';

/** A size as the requirements that give it: the disk stays as it is. */
export const toChange = async (tx: Transaction, clusterId: string, { nodes, vcpus, memoryMiB }: Size) => {
  const { shape } = requirementsInForce(await getClusterRow(tx, clusterId));
  return { nodes, shape: { vcpus, memoryMiB, diskGiB: shape.diskGiB }, dryRun: false } as const;
};

/** What a recommendation changes: what a person asked for as they did, or the size that a policy wants. */
export const changeOf = async (
  tx: Transaction,
  row: Pick<Recommendation, 'clusterId' | 'request' | 'to'>,
): Promise<ChangeRequirementsInput> =>
  // Only `requestChange` writes the column.
  row.request === null
    ? toChange(tx, row.clusterId, fromSizeJson(row.to))
    : (row.request as unknown as ChangeRequirementsInput);
