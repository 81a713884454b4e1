import type { Shape } from '@/lib/domain/shape';
import { BASE, DEVICES } from './command-line';

export interface MonitorCommand {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * What the monitor is told to bring a VM from the base shape to this one, with its network card on this tap. Works
 * while the VM is stopped: the guest is told of everything when it goes on.
 */
export const planHotPlug = (options: {
  readonly shape: Pick<Shape, 'vcpus' | 'memoryMiB'>;
  readonly cpuDevice: string;
  readonly mac: string;
  readonly tap: string;
}): readonly MonitorCommand[] => {
  const { shape } = options;
  const moreMiB = shape.memoryMiB - BASE.memoryMiB;
  const memory: MonitorCommand[] =
    moreMiB <= 0
      ? []
      : [
          { command: 'object-add', args: { 'qom-type': 'memory-backend-ram', id: 'ram1', size: moreMiB * 2 ** 20 } },
          { command: 'device_add', args: { driver: 'pc-dimm', id: 'dimm1', memdev: 'ram1' } },
        ];
  const processors = Array.from({ length: Math.max(shape.vcpus - BASE.vcpus, 0) }, (_, i): MonitorCommand => {
    const socket = BASE.vcpus + i;
    const place = { 'socket-id': socket, 'core-id': 0, 'thread-id': 0 };
    return { command: 'device_add', args: { driver: options.cpuDevice, id: `cpu${socket}`, ...place } };
  });
  const card: MonitorCommand[] = [
    {
      command: 'netdev_add',
      args: { type: 'tap', id: DEVICES.network, ifname: options.tap, script: 'no', downscript: 'no' },
    },
    {
      command: 'device_add',
      // Without its ROM: a cold boot would wait for it to look for a network to boot from.
      args: { driver: 'virtio-net-pci', id: DEVICES.card, netdev: DEVICES.network, mac: options.mac, romfile: '' },
    },
  ];
  return [...card, ...memory, ...processors];
};
