import { HeadroomError } from '@/lib/domain/errors';
import type { Database, Transaction } from '../context';
import { VM_INCLUDE, type VmRow } from './view';

/** By id, also of one that is released, or by name. Throws `not_found`. */
export const getVmRow = async (db: Database | Transaction, idOrName: string): Promise<VmRow> => {
  const row = await db.vm.findFirst({
    where: { OR: [{ id: idOrName }, { name: idOrName, state: { not: 'released' } }] },
    include: VM_INCLUDE,
  });
  if (row === null) throw new HeadroomError('not_found', `There is no VM ${JSON.stringify(idOrName)}.`);
  return row;
};
