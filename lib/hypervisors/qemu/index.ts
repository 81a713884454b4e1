import path from 'node:path';
import type { Hypervisor } from '../types';
import { QemuHypervisor, type QemuOptions } from './driver';
import { createLab, type Lab } from './lab';
import { HostConditions } from './rehearsal/conditions';
import { createRehearsal } from './rehearsal/rehearsal';
import { withConditions } from './rehearsal/with-conditions';
import { VmRecords } from './vm/record';

export type { QemuOptions } from './driver';

/** The driver of the embedded lab, whose hosts may be hurt. Nothing is done before `start`. */
export const createQemuHypervisor = (options: QemuOptions): Hypervisor => {
  const lab = options.lab ?? createLab({ home: options.home });
  const directory = path.join(options.home, 'lab');
  const records = new VmRecords(path.join(directory, 'vms'));
  const conditions = new HostConditions(directory, lab.hosts());
  // A start that is tried again finds the power gone.
  const powered: Lab = {
    ...lab,
    ensureTap: async (hostId, vmId) => {
      await conditions.refuseUnreachable(hostId);
      return lab.ensureTap(hostId, vmId);
    },
  };
  const driver = new QemuHypervisor({ ...options, lab: powered });
  const hypervisor = withConditions(driver, conditions, records);
  return {
    ...hypervisor,
    rehearsal: createRehearsal({ lab, records, conditions, guest: (vmId) => hypervisor.guest(vmId) }),
  };
};
