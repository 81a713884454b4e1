import type { Size } from '@/lib/domain/policy/size';
import { getClusterRow } from '../clusters/get-cluster';
import { requirementsInForce } from '../clusters/view';
import type { Transaction } from '../context';

/** A size as the requirements that give it: the disk stays as it is. */
export const toChange = async (tx: Transaction, clusterId: string, { nodes, vcpus, memoryMiB }: Size) => {
  const { shape } = requirementsInForce(await getClusterRow(tx, clusterId));
  return { nodes, shape: { vcpus, memoryMiB, diskGiB: shape.diskGiB }, dryRun: false } as const;
};
