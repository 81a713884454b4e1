import type { Accelerator } from '../../types';
import type { GuestImage } from '../image';
import { kernelCommandLine } from '../image';

/** The shape that the golden snapshot has; everything beyond it is plugged in. */
export const BASE = { vcpus: 1, memoryMiB: 256, vcpusMax: 8, memorySlots: 16, memoryGiBMax: 17 } as const;

/** Names inside a VM's directory, which is QEMU's working directory. */
export const VM_FILES = {
  disk: 'disk.qcow2',
  monitor: 'qmp.sock',
  agent: 'qga.sock',
  shell: 'shell.sock',
  console: 'console.sock',
  consoleLog: 'console.log',
  log: 'qemu.log',
} as const;

const LOG_CONSOLE = `logfile=${VM_FILES.consoleLog},logappend=on`;

/** The file descriptor that a process finds its snapshot at. */
export const SNAPSHOT_FD = 3;

/** Ids of devices that are spoken of later. */
export const DEVICES = { balloon: 'balloon0', disk: 'disk0', card: 'card0', network: 'net0' } as const;

/**
 * The agent's, the shell's, and the first, which QEMU keeps for consoles. Of the 31 that there are otherwise each has two
 * queues, and each queue something that QEMU's main loop looks at whenever a packet comes: that was a third of what it did.
 */
const SERIAL_PORTS_MAX = 3;

export interface Machine {
  readonly accelerator: Exclude<Accelerator, 'simulated'>;
  /** `pc-i440fx-7.2`: with its version, so that a snapshot fits. */
  readonly type: string;
}

/** The processor's model, and the name of its device for hot-plug. */
export const cpuOf = (accelerator: Machine['accelerator']): { readonly model: string; readonly device: string } =>
  accelerator === 'kvm' ? { model: 'host', device: 'host-x86_64-cpu' } : { model: 'max', device: 'max-x86_64-cpu' };

/**
 * QEMU's arguments for a VM of the base shape without a network card. `incoming`: the state is read
 * from file descriptor 3 instead of a boot. QEMU may start no programs, gain no privileges and change no limits (`-sandbox`).
 */
export const renderCommandLine = (options: {
  readonly name: string;
  readonly machine: Machine;
  readonly image: Pick<GuestImage, 'kernel' | 'initrd'>;
  readonly cache: 'unsafe' | 'writeback';
  readonly incoming: boolean;
}): readonly string[] => {
  const { machine, image } = options;
  const accelerator = machine.accelerator === 'kvm' ? 'kvm' : 'tcg,thread=multi';
  return [
    ...['-name', `${options.name},debug-threads=on`],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-machine', `${machine.type},vmport=off,hpet=off,usb=off,graphics=off`],
    ...['-accel', accelerator, '-cpu', cpuOf(machine.accelerator).model],
    ...['-smp', `${BASE.vcpus},sockets=${BASE.vcpusMax},cores=1,threads=1,maxcpus=${BASE.vcpusMax}`],
    ...['-m', `${BASE.memoryMiB},slots=${BASE.memorySlots},maxmem=${BASE.memoryGiBMax}G`],
    ...['-rtc', 'base=utc'],
    ...['-kernel', image.kernel, '-initrd', image.initrd, '-append', kernelCommandLine(machine.accelerator)],
    ...['-drive', `file=${VM_FILES.disk},if=none,id=root,format=qcow2,cache=${options.cache},discard=unmap`],
    ...['-device', `virtio-blk-pci,drive=root,id=${DEVICES.disk}`],
    ...['-device', `virtio-serial-pci,max_ports=${SERIAL_PORTS_MAX}`],
    ...['-chardev', `socket,id=qga,path=${VM_FILES.agent},server=on,wait=off`],
    ...['-device', 'virtserialport,chardev=qga,name=org.qemu.guest_agent.0'],
    ...['-chardev', `socket,id=shell,path=${VM_FILES.shell},server=on,wait=off`],
    ...['-device', 'virtserialport,chardev=shell,name=headroom.shell.0'],
    ...['-chardev', `socket,id=con,path=${VM_FILES.console},server=on,wait=off,${LOG_CONSOLE}`],
    ...['-serial', 'chardev:con'],
    ...['-device', 'virtio-rng-pci'],
    ...['-device', `virtio-balloon-pci,id=${DEVICES.balloon}`],
    ...['-device', 'vmgenid,guid=auto'],
    ...['-qmp', `unix:${VM_FILES.monitor},server=on,wait=off`],
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...(options.incoming ? ['-incoming', `fd:${SNAPSHOT_FD}`] : []),
  ];
};
