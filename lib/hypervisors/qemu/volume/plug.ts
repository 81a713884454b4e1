import { createHash } from 'node:crypto';
import { type Qmp, QmpError } from '../wire/qmp';

/**
 * A volume comes to a running VM by a slot: a disk that is plugged in once and stays, whose medium is changed
 * (`blockdev-reopen`, less than a millisecond). To plug a card in and out takes an emulated guest a second or two, which
 * clients of a stateful application would wait for at every move.
 */
export interface PluggedVolume {
  readonly id: string;
  readonly file: string;
  readonly sizeBytes: number;
}

/** virtio cuts serials to 20 characters; inside the guest it is /dev/disk/by-id/virtio-<serial>. */
export const serialOf = (volumeId: string): string => volumeId.slice(0, 20);

/** QEMU's ids begin with a letter and are at most 31 characters long for block nodes. */
const idOf = (volumeId: string): string => `vol${createHash('sha256').update(volumeId).digest('hex').slice(0, 16)}`;

const deviceOf = (volumeId: string): string => `dev-${idOf(volumeId)}`;
const emptyOf = (volumeId: string): string => `${idOf(volumeId)}-none`;
const fileOf = (volumeId: string): string => `${idOf(volumeId)}-file`;

const EIO = 5;

const hasDevice = async (monitor: Qmp, device: string): Promise<boolean> => {
  const devices = (await monitor.execute('qom-list', { path: '/machine/peripheral' })) as readonly { name: string }[];
  return devices.some(({ name }) => name === device);
};

const nodesOf = async (monitor: Qmp): Promise<ReadonlySet<string>> => {
  const nodes = (await monitor.execute('query-named-block-nodes', { flat: true })) as readonly {
    'node-name': string;
  }[];
  return new Set(nodes.map((node) => node['node-name']));
};

/** The disk's own block node; `medium` names the node that it reads and writes. */
const diskOn = (volumeId: string, medium: string) => ({
  driver: 'raw',
  'node-name': idOf(volumeId),
  discard: 'unmap',
  file: medium,
});

/**
 * No medium: reads as zeros, so that a guest that looks at the new disk is not told of errors; what is written fails, so
 * that nothing is ever taken for kept that is not.
 */
const addEmpty = (monitor: Qmp, { id, sizeBytes }: PluggedVolume): Promise<unknown> =>
  monitor.execute('blockdev-add', {
    driver: 'blkdebug',
    'node-name': emptyOf(id),
    'inject-error': ['write', 'write-zeroes', 'discard'].map((iotype) => ({ event: 'none', iotype, errno: EIO })),
    image: { driver: 'null-co', size: sizeBytes, 'read-zeroes': true },
  });

/** Flushes of the guest reach the machine's disk; QEMU locks the file, so that no second VM can open it whatever the records say. */
const addFile = (monitor: Qmp, { id, file }: PluggedVolume): Promise<unknown> =>
  monitor.execute('blockdev-add', {
    driver: 'file',
    'node-name': fileOf(id),
    filename: file,
    locking: 'on',
    discard: 'unmap',
  });

const plugDisk = async (monitor: Qmp, { id }: PluggedVolume, medium: string): Promise<void> => {
  await monitor.execute('blockdev-add', diskOn(id, medium));
  await monitor.execute('device_add', {
    driver: 'virtio-blk-pci',
    id: deviceOf(id),
    drive: idOf(id),
    serial: serialOf(id),
  });
};

const changeMedium = (monitor: Qmp, volumeId: string, medium: string): Promise<unknown> =>
  monitor.execute('blockdev-reopen', { options: [diskOn(volumeId, medium)] });

const removeNode = async (monitor: Qmp, node: string): Promise<void> => {
  try {
    await monitor.execute('blockdev-del', { 'node-name': node });
  } catch (error) {
    if (!(error instanceof QmpError) || (await nodesOf(monitor)).has(node)) throw error;
  }
};

/** Plugs in the slot of a volume without a medium. One that is there is fine, with or without. */
export const plugSlot = async (monitor: Qmp, volume: PluggedVolume): Promise<void> => {
  if (await hasDevice(monitor, deviceOf(volume.id))) return;
  const nodes = await nodesOf(monitor);
  if (nodes.has(idOf(volume.id))) await removeNode(monitor, idOf(volume.id));
  if (!nodes.has(emptyOf(volume.id))) await addEmpty(monitor, volume);
  await plugDisk(monitor, volume, emptyOf(volume.id));
};

/** The volume's file is a disk of the VM afterwards. One that is there already is fine. */
export const plugVolume = async (monitor: Qmp, volume: PluggedVolume): Promise<void> => {
  const isPlugged = await hasDevice(monitor, deviceOf(volume.id));
  const nodes = await nodesOf(monitor);
  if (!isPlugged && nodes.has(idOf(volume.id))) await removeNode(monitor, idOf(volume.id));
  if (!nodes.has(fileOf(volume.id))) await addFile(monitor, volume);
  try {
    if (isPlugged) await changeMedium(monitor, volume.id, fileOf(volume.id));
    else await plugDisk(monitor, volume, fileOf(volume.id));
  } catch (error) {
    // A file that is open in a VM that did not get it would be closed to the one that does.
    await removeNode(monitor, fileOf(volume.id)).catch(() => undefined);
    throw error;
  }
};

/** The file is closed afterwards; the slot stays. What the guest has not flushed is lost to it: it unmounts first. */
export const unplugVolume = async (monitor: Qmp, volume: PluggedVolume): Promise<void> => {
  const nodes = await nodesOf(monitor);
  if (!nodes.has(fileOf(volume.id))) return;
  if (await hasDevice(monitor, deviceOf(volume.id))) {
    if (!nodes.has(emptyOf(volume.id))) await addEmpty(monitor, volume);
    await changeMedium(monitor, volume.id, emptyOf(volume.id));
  } else if (nodes.has(idOf(volume.id))) await removeNode(monitor, idOf(volume.id));
  await removeNode(monitor, fileOf(volume.id));
};
