import { readFile } from 'node:fs/promises';
import type { Shape } from '@/lib/domain/shape';
import type { VmStatistics } from '../../types';
import type { Qmp } from '../wire/qmp';
import { DEVICES } from './command-line';

const MIB = 2 ** 20;
/** Before the guest's first report the balloon gives the largest number there is. */
const UNKNOWN = 2 ** 63;

/**
 * Measures a VM from outside: threads, resident memory and tap by the kernel, disks and memory in use by QEMU. The tap
 * is read in the VM's network namespace, which /proc/<pid>/net shows.
 */
export const readStatistics = async (options: {
  readonly pid: number;
  readonly monitor: Qmp;
  readonly tap: string;
  readonly shape: Shape;
}): Promise<VmStatistics> => {
  const { pid, monitor, shape } = options;
  const [vcpuTimesMs, blocks, balloon, status, network] = await Promise.all([
    readVcpuTimes(pid, monitor),
    monitor.execute('query-blockstats') as Promise<readonly BlockStatistics[]>,
    readBalloon(monitor),
    readFile(`/proc/${pid}/status`, 'utf8'),
    readFile(`/proc/${pid}/net/dev`, 'utf8'),
  ]);
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  const tap = parseNetDevice(network, options.tap);
  const sum = (of: (stats: BlockStatistics['stats']) => number): number =>
    blocks.reduce((total, block) => total + of(block.stats), 0);
  return {
    at: new Date(),
    vcpuTimesMs,
    memoryTotalMiB: shape.memoryMiB,
    memoryUsedMiB: balloon === null ? null : Math.max(0, Math.round(shape.memoryMiB - balloon / MIB)),
    memoryResidentMiB: Math.round(Number(rss?.[1] ?? 0) / 1024),
    // What the tap receives the guest has sent.
    networkReceivedBytes: tap.sent,
    networkSentBytes: tap.received,
    diskReadBytes: sum((stats) => stats.rd_bytes),
    diskWrittenBytes: sum((stats) => stats.wr_bytes),
  };
};

interface BlockStatistics {
  readonly stats: { readonly rd_bytes: number; readonly wr_bytes: number };
}

interface CpuInfo {
  readonly 'cpu-index': number;
  readonly 'thread-id': number;
}

/** On-CPU time of each vCPU's thread: the first number of schedstat, in nanoseconds. */
const readVcpuTimes = async (pid: number, monitor: Qmp): Promise<readonly number[]> => {
  const cpus = (await monitor.execute('query-cpus-fast')) as readonly CpuInfo[];
  const ordered = [...cpus].sort((a, b) => a['cpu-index'] - b['cpu-index']);
  return Promise.all(
    ordered.map(async (cpu) => {
      const text = await readFile(`/proc/${pid}/task/${cpu['thread-id']}/schedstat`, 'utf8');
      return Math.round(Number(text.split(' ')[0]) / 1e6);
    }),
  );
};

/** Bytes that the guest could still use; null before it has reported. */
const readBalloon = async (monitor: Qmp): Promise<number | null> => {
  const answer = (await monitor.execute('qom-get', {
    path: `/machine/peripheral/${DEVICES.balloon}`,
    property: 'guest-stats',
  })) as { 'last-update': number; stats: Readonly<Record<string, number>> };
  const available = answer.stats['stat-available-memory'];
  if (answer['last-update'] === 0 || available === undefined || available >= UNKNOWN) return null;
  return available;
};

/** Bytes of one device in the format of /proc/net/dev; nothing for one that is not there. */
export const parseNetDevice = (text: string, device: string): { readonly received: number; readonly sent: number } => {
  const line = text.split('\n').find((candidate) => candidate.trimStart().startsWith(`${device}:`));
  if (line === undefined) return { received: 0, sent: 0 };
  const fields = line
    .slice(line.indexOf(':') + 1)
    .trim()
    .split(/\s+/);
  return { received: Number(fields[0]), sent: Number(fields[8]) };
};
