import { setTimeout as delay } from 'node:timers/promises';
import { type Cut, type GuestChannel, HypervisorError, type Rehearsal } from '../../types';
import type { Lab } from '../lab';
import { killProcess, killProcessesIn } from '../vm/process';
import type { VmRecords } from '../vm/record';
import type { HostConditions } from './conditions';

/** A start that was under way when the power went may bring a process up to this long after it. */
const SWEEPS = 8;
const SWEEP_EVERY_MS = 250;
const FILL_DEADLINE_MS = 60_000;

/**
 * Takes what is left on the disk and on every data volume, what is kept for the superuser as well, by a file that can be
 * removed. The last blocks go into its own map: that it does not fit quite is no failure.
 */
const FILL = `while read -r _ target type _; do
  [ "$type" = ext4 ] || continue
  read -r blocks size < <(stat --file-system --format '%f %S' "$target")
  : >> "$target/.headroom-fill"
  [ "$blocks" = 0 ] || fallocate --keep-size --length $((blocks * size)) "$target/.headroom-fill" 2> /dev/null || true
done < /proc/mounts`;
const EMPTY = `while read -r _ target type _; do
  [ "$type" != ext4 ] || rm -f "$target/.headroom-fill"
done < /proc/mounts`;

/** The image's gate of the application: open while the file is there, see its `await`. */
const OPEN = '/run/headroom/open/workload';
/** What the script says where no application runs. */
const NONE = 3;

/** The gate is shut first: what ends waits there instead of starting again. */
const CRASH_APPLICATION = `[ -e ${OPEN} ] || exit ${NONE}
rm -f ${OPEN}
echo 1 > /sys/fs/cgroup/system.slice/headroom-workload.service/cgroup.kill`;
const START_APPLICATION = `: > ${OPEN}
echo 1<> /run/headroom/gates/workload`;

export interface RehearsalGround {
  readonly lab: Lab;
  readonly records: VmRecords;
  readonly conditions: HostConditions;
  readonly guest: (vmId: string) => GuestChannel;
}

/** Harm as the machine does it: signals to QEMU's processes, and cuts of the lab's cables. */
export const createRehearsal = ({ lab, records, conditions, guest }: RehearsalGround): Rehearsal => {
  /** Ends the VM's process without an order for it on record: whoever finds it gone takes it for a crash. */
  const crash = async (vmId: string): Promise<void> => {
    const record = await records.find(vmId);
    if (record?.process != null) await killProcess(record.process);
    await killProcessesIn(records.directoryOf(vmId));
  };

  const crashAllOn = async (hostId: string): Promise<void> => {
    const here = (await records.list()).filter((record) => record.spec.hostId === hostId);
    await Promise.all(here.map((record) => crash(record.spec.id)));
  };

  const inGuest = async (vmId: string, script: string): Promise<void> => {
    const { exitCode, stderr } = await guest(vmId).exec('/bin/bash', ['-euc', script], { timeoutMs: FILL_DEADLINE_MS });
    if (exitCode !== 0) throw new HypervisorError('guest_failed', `In the guest of ${vmId}: ${stderr.trim()}`);
  };

  const crashApplication = async (vmId: string): Promise<void> => {
    const { exitCode, stderr } = await guest(vmId).exec('/bin/bash', ['-euc', CRASH_APPLICATION]);
    if (exitCode === NONE) throw new HypervisorError('wrong_state', `No application runs on ${vmId}.`);
    if (exitCode !== 0) throw new HypervisorError('guest_failed', `The application of ${vmId}: ${stderr.trim()}`);
  };

  const trafficOf = (cut: Cut | null) => ({
    incoming: cut === null || cut === 'outgoing',
    outgoing: cut === null || cut === 'incoming',
  });

  return {
    crashVm: async (vmId) => {
      const record = await records.find(vmId);
      if (record?.process == null) throw new HypervisorError('wrong_state', `The VM ${vmId} does not run.`);
      await crash(vmId);
    },
    crashApplication,
    startApplication: (vmId) => inGuest(vmId, START_APPLICATION),
    fillDisk: (vmId) => inGuest(vmId, FILL),
    emptyDisk: (vmId) => inGuest(vmId, EMPTY),
    setHostPower: async (hostId, power) => {
      lab.enter({ host: hostId });
      await conditions.setOff(hostId, power === 'off');
      if (power === 'on') return;
      for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
        await crashAllOn(hostId);
        await delay(SWEEP_EVERY_MS);
      }
    },
    cutHost: async (hostId, cut) => {
      await lab.setHostTraffic(hostId, trafficOf(cut));
      await conditions.setHostCut(hostId, cut !== null);
    },
    cutSite: async (site, cut) => {
      await lab.setSiteTraffic(site, trafficOf(cut));
      await conditions.setSiteCut(site, cut !== null);
    },
  };
};
