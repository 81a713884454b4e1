import { createHash } from 'node:crypto';
import { type Qmp, QmpError } from '../wire/qmp';

const UNPLUG_DEADLINE_MS = 20_000;
/** A guest that was busy with another unplug may miss the first request. */
const ASK_AGAIN_MS = 2_000;

/** virtio cuts serials to 20 characters; inside the guest it is /dev/disk/by-id/virtio-<serial>. */
export const serialOf = (volumeId: string): string => volumeId.slice(0, 20);

/** QEMU's ids begin with a letter and are at most 31 characters long for block nodes. */
const idOf = (volumeId: string): string => `vol${createHash('sha256').update(volumeId).digest('hex').slice(0, 16)}`;

const isThere = async (monitor: Qmp, device: string): Promise<boolean> => {
  const devices = (await monitor.execute('qom-list', { path: '/machine/peripheral' })) as readonly { name: string }[];
  return devices.some(({ name }) => name === device);
};

const hasNode = async (monitor: Qmp, node: string): Promise<boolean> => {
  const nodes = (await monitor.execute('query-named-block-nodes', { flat: true })) as readonly {
    'node-name': string;
  }[];
  return nodes.some((found) => found['node-name'] === node);
};

/**
 * Makes a volume's file a disk of the VM. Flushes of the guest reach the machine's disk; QEMU locks the file, so that
 * no second VM can open it whatever the records say. A volume that is plugged in already is fine.
 */
export const plugVolume = async (monitor: Qmp, volumeId: string, file: string): Promise<void> => {
  const id = idOf(volumeId);
  if (await isThere(monitor, `dev-${id}`)) return;
  if (!(await hasNode(monitor, id))) {
    await monitor.execute('blockdev-add', {
      driver: 'raw',
      'node-name': id,
      discard: 'unmap',
      file: { driver: 'file', filename: file, locking: 'on' },
    });
  }
  await monitor.execute('device_add', {
    driver: 'virtio-blk-pci',
    id: `dev-${id}`,
    drive: id,
    serial: serialOf(volumeId),
  });
};

/** Takes the disk out; resolves when the guest has let it go and the file is closed. Throws `deadline`. */
export const unplugVolume = async (monitor: Qmp, volumeId: string): Promise<void> => {
  const id = idOf(volumeId);
  const device = `dev-${id}`;
  if (await isThere(monitor, device)) {
    const gone = monitor.untilEvent(
      (event) => event.name === 'DEVICE_DELETED' && event.data.device === device,
      UNPLUG_DEADLINE_MS,
    );
    // Rejections are met below, after the first request.
    gone.catch(() => undefined);
    const ask = (): Promise<unknown> => monitor.execute('device_del', { id: device });
    await ask();
    // A request that is under way is refused, and one for a device that is gone as well.
    const again = setInterval(() => void ask().catch(() => undefined), ASK_AGAIN_MS);
    try {
      await gone;
    } finally {
      clearInterval(again);
    }
  }
  try {
    await monitor.execute('blockdev-del', { 'node-name': id });
  } catch (error) {
    if (!(error instanceof QmpError) || (await hasNode(monitor, id))) throw error;
  }
};
