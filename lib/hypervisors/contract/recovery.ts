import { describe, expect, it } from 'vitest';
import { clearAfterEach, type GetContext, STATE } from './subject';

export const describeRecovery = (get: GetContext): void => {
  describe('a new driver over the same state', () => {
    clearAfterEach(get);

    it('finds running VMs as they are, with what they have, and they never stopped', async () => {
      const volumeId = get().volumeId();
      await get().driver.createVolume({ id: volumeId, sizeGiB: 1 });
      const running = await get().newRunningVm();
      const defined = await get().newVm();
      await get().driver.attachVolume(running.id, volumeId);
      await get().driver.guest(running.id).writeFile('/run/mark', 'since boot');
      const before = await get().driver.listVms();
      await get().reopen();
      expect(await get().driver.listVms()).toEqual(before);
      expect((await get().driver.findVm(running.id))?.startedAt).toEqual(running.startedAt);
      expect(await get().driver.guest(running.id).readFile('/run/mark')).toBe('since boot');
      expect(await get().driver.listVolumes()).toEqual([{ id: volumeId, sizeGiB: 1, attachedTo: running.id }]);
      expect((await get().start(defined.id)).state).toBe('running');
    });

    it('finds out what ended meanwhile, and starts nothing by itself', async () => {
      const { id } = await get().newRunningVm();
      await get().reopen(() => get().subject.crash(get().driver, id));
      await expect.poll(() => get().state(id), STATE).toBe('crashed');
      expect((await get().driver.findVm(id))?.endedAt).toBeInstanceOf(Date);
    });
  });

  describe('tear-down', () => {
    clearAfterEach(get);

    it('leaves no VM and no volume, and the driver can begin anew', async () => {
      const volumeId = get().volumeId();
      await get().driver.createVolume({ id: volumeId, sizeGiB: 1 });
      const { id } = await get().newRunningVm();
      await get().driver.attachVolume(id, volumeId);
      await get().driver.tearDown();
      await get().driver.stop();
      await get().open();
      expect(await get().driver.listVms()).toEqual([]);
      expect(await get().driver.listVolumes()).toEqual([]);
      expect((await get().newRunningVm()).state).toBe('running');
    });
  });
};
