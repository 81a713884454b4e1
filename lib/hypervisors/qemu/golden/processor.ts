import { access } from 'node:fs/promises';
import { cpus } from 'node:os';

const FREQUENCY_DRIVER = '/sys/devices/system/cpu/cpu0/cpufreq';

/**
 * What a snapshot has of this machine's processor: its features under KVM, and how fast its time stamp counter goes, by which
 * guests tell the time that measured it when they were booted. Where this machine is virtual itself, processors of one name may
 * differ in that, and their speed is the counter's; where it can change its processors' speed, the counter's follows from the
 * model.
 */
export const describeProcessor = async (): Promise<string> => {
  const { model, speed } = cpus()[0] ?? { model: 'unknown', speed: 0 };
  const changesSpeed = await access(FREQUENCY_DRIVER).then(
    () => true,
    () => false,
  );
  return changesSpeed ? model : `${model} at ${speed} MHz`;
};
