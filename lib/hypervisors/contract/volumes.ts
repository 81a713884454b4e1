import { describe, expect, it } from 'vitest';
import { clearAfterEach, type GetContext, STATE, withCode } from './subject';

/** virtio cuts serials to 20 characters. */
const deviceOf = (volumeId: string): string => `/dev/disk/by-id/virtio-${volumeId.slice(0, 20)}`;

export const describeVolumes = (get: GetContext): void => {
  describe('volumes', () => {
    clearAfterEach(get);

    it('are made once, listed, and gone when destroyed', async () => {
      const { driver } = get();
      const id = get().volumeId();
      const volume = await driver.createVolume({ id, sizeGiB: 1 });
      expect(volume).toEqual({ id, sizeGiB: 1, attachedTo: null });
      expect(await driver.createVolume({ id, sizeGiB: 1 })).toEqual(volume);
      await expect(driver.createVolume({ id, sizeGiB: 2 })).rejects.toMatchObject(withCode('already_exists'));
      expect(await driver.listVolumes()).toEqual([volume]);
      await driver.destroyVolume(id);
      await driver.destroyVolume(id);
      expect(await driver.listVolumes()).toEqual([]);
    });

    it('belong to one VM at a time, even to one that does not run', async () => {
      const { driver } = get();
      const id = get().volumeId();
      await driver.createVolume({ id, sizeGiB: 1 });
      const [a, b] = [await get().newVm(), await get().newVm()];
      expect((await driver.attachVolume(a.id, id)).attachedTo).toBe(a.id);
      expect((await driver.attachVolume(a.id, id)).attachedTo).toBe(a.id);
      expect((await driver.findVm(a.id))?.volumes).toEqual([id]);
      await expect(driver.attachVolume(b.id, id)).rejects.toMatchObject(withCode('volume_in_use'));
      await expect(driver.destroyVolume(id)).rejects.toMatchObject(withCode('volume_in_use'));
      expect((await driver.detachVolume(b.id, id)).attachedTo).toBe(a.id);
      expect((await driver.detachVolume(a.id, id)).attachedTo).toBeNull();
      expect((await driver.detachVolume(a.id, id)).attachedTo).toBeNull();
      expect((await driver.attachVolume(b.id, id)).attachedTo).toBe(b.id);
      await expect(driver.attachVolume(a.id, 'nothing')).rejects.toMatchObject(withCode('not_found'));
      await expect(driver.attachVolume('nobody', id)).rejects.toMatchObject(withCode('not_found'));
    });

    it('go to one of two that ask at once', async () => {
      const { driver } = get();
      const id = get().volumeId();
      await driver.createVolume({ id, sizeGiB: 1 });
      const vms = [await get().newVm(), await get().newVm()];
      const results = await Promise.allSettled(vms.map((vm) => driver.attachVolume(vm.id, id)));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const holders = (await driver.listVms()).filter((vm) => vm.volumes.includes(id));
      expect(holders).toHaveLength(1);
    });

    it('are taken from a VM that was fenced, and not from one that runs', async () => {
      const { driver } = get();
      const id = get().volumeId();
      await driver.createVolume({ id, sizeGiB: 1 });
      const vm = await get().newRunningVm();
      await driver.attachVolume(vm.id, id);
      const said = { subject: vm.id, at: new Date(), method: 'confirmed-by-person', detail: 'wrongly' } as const;
      await expect(driver.seizeVolume(vm.id, id, said)).rejects.toMatchObject(withCode('volume_in_use'));
      const evidence = await driver.fenceVm(vm.id);
      expect((await driver.seizeVolume('another', id, evidence)).attachedTo).toBe(vm.id);
      expect((await driver.seizeVolume(vm.id, id, evidence)).attachedTo).toBeNull();
      expect((await driver.seizeVolume(vm.id, id, evidence)).attachedTo).toBeNull();
      expect((await driver.findVm(vm.id))?.volumes).toEqual([]);
    });

    it('stay when their VM is destroyed, and are free then', async () => {
      const { driver } = get();
      const id = get().volumeId();
      await driver.createVolume({ id, sizeGiB: 1 });
      const vm = await get().newVm();
      await driver.attachVolume(vm.id, id);
      await driver.destroyVm(vm.id);
      expect(await driver.listVolumes()).toEqual([{ id, sizeGiB: 1, attachedTo: null }]);
    });

    it('keep nothing of what a VM writes that is only ready for them', async () => {
      const { driver } = get();
      const id = get().volumeId();
      const device = deviceOf(id);
      await driver.createVolume({ id, sizeGiB: 1 });
      const [a, b] = [await get().newRunningVm(), await get().newRunningVm()];
      for (const vm of [a, b]) {
        await driver.prepareVolume(vm.id, id);
        await driver.prepareVolume(vm.id, id);
      }
      expect(await driver.listVolumes()).toEqual([{ id, sizeGiB: 1, attachedTo: null }]);
      const format = async (vmId: string) =>
        (await driver.guest(vmId).exec('mkfs.ext4', ['-q', '-F', device], { timeoutMs: 60_000 })).exitCode;
      expect(await format(b.id)).not.toBe(0);
      await driver.attachVolume(a.id, id);
      await driver.prepareVolume(a.id, id);
      await expect.poll(() => format(a.id), STATE).toBe(0);
      expect(await format(b.id)).not.toBe(0);
      await driver.detachVolume(a.id, id);
      expect(await format(a.id)).not.toBe(0);
      await driver.attachVolume(b.id, id);
      await expect.poll(() => format(b.id), STATE).toBe(0);
      await expect(driver.prepareVolume(a.id, 'nothing')).rejects.toMatchObject(withCode('not_found'));
    });

    it('carry their data from one running VM to another that was stopped when it got them', async () => {
      const { driver } = get();
      const id = get().volumeId();
      const device = deviceOf(id);
      await driver.createVolume({ id, sizeGiB: 1 });
      const [a, b] = [await get().newRunningVm(), await get().newVm()];
      const exitCode = async (vmId: string, command: string, args: readonly string[]) =>
        (await driver.guest(vmId).exec(command, args, { timeoutMs: 60_000 })).exitCode;

      await driver.attachVolume(a.id, id);
      await expect.poll(() => exitCode(a.id, 'mkfs.ext4', ['-q', '-F', device]), STATE).toBe(0);
      await get().output(a.id, 'mkdir', ['-p', '/mnt/data']);
      await get().output(a.id, 'mount', [device, '/mnt/data']);
      await driver.guest(a.id).writeFile('/mnt/data/ledger', 'one transaction\n');
      await get().output(a.id, 'umount', ['/mnt/data']);
      await driver.detachVolume(a.id, id);
      expect(await exitCode(a.id, 'mount', [device, '/mnt/data'])).not.toBe(0);

      await driver.attachVolume(b.id, id);
      await get().start(b.id);
      await get().output(b.id, 'mkdir', ['-p', '/mnt/data']);
      await expect.poll(() => exitCode(b.id, 'mount', [device, '/mnt/data']), STATE).toBe(0);
      expect(await driver.guest(b.id).readFile('/mnt/data/ledger')).toBe('one transaction\n');
      expect((await driver.findVm(b.id))?.volumes).toEqual([id]);
    });
  });
};
