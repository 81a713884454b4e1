import { HeadroomError } from '@/lib/domain/errors';
import type { Database, Transaction } from '../context';
import { getVmRow } from './get-vm-row';
import type { VmRow } from './view';

/** A VM by id or name that runs. Throws `not_found`, or `wrong_state` when it does not run. */
export const getRunningVm = async (db: Database | Transaction, idOrName: string): Promise<VmRow> => {
  const vm = await getVmRow(db, idOrName);
  if (vm.state !== 'running') {
    throw new HeadroomError('wrong_state', `${vm.name} is ${vm.state}: only the guest of a running VM can be asked.`);
  }
  return vm;
};
