import { HeadroomError } from '@/lib/domain/errors';
import type { Database, Transaction } from '../context';

/** A VM by id or name that runs. Throws `not_found`, or `wrong_state` when it does not run. */
export const getRunningVm = async (db: Database | Transaction, idOrName: string) => {
  const vm = await db.vm.findFirst({
    where: { OR: [{ id: idOrName }, { name: idOrName, state: { not: 'released' } }] },
    include: { node: true },
  });
  if (vm === null) throw new HeadroomError('not_found', `There is no VM ${JSON.stringify(idOrName)}.`);
  if (vm.state !== 'running') {
    throw new HeadroomError('wrong_state', `${vm.name} is ${vm.state}: only the guest of a running VM can be asked.`);
  }
  return vm;
};
