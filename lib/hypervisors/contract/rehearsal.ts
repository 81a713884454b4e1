import { describe, expect, it } from 'vitest';
import type { Rehearsal } from '../types';
import { clearAfterEach, type GetContext, STATE, withCode } from './subject';

export const describeRehearsal = (get: GetContext): void => {
  describe('rehearsal', () => {
    clearAfterEach(get);

    const rehearsal = (): Rehearsal => {
      const found = get().driver.rehearsal;
      if (found === null) throw new Error('This driver has no rehearsal: it must not be asked for one.');
      return found;
    };
    const isReachable = async (hostId: string): Promise<boolean> =>
      (await get().driver.listHosts()).find((host) => host.id === hostId)?.reachable === true;

    it('crashes a VM, which may be started again', async () => {
      const { id } = await get().newRunningVm();
      await rehearsal().crashVm(id);
      await expect.poll(() => get().state(id), STATE).toBe('crashed');
      await expect(rehearsal().crashVm(id)).rejects.toMatchObject(withCode('wrong_state'));
      expect((await get().start(id)).state).toBe('running');
    });

    it('crashes no application where none runs', async () => {
      const { id } = await get().newRunningVm();
      await expect(rehearsal().crashApplication(id)).rejects.toMatchObject(withCode('wrong_state'));
    });

    it('takes the power from a host: all on it ends, nothing starts, and that it is off is proven', async () => {
      const { driver } = get();
      const hostId = await get().host(0);
      const { id } = await get().newRunningVm({ hostId });
      const bystander = await get().newRunningVm({ hostId: await get().host(1) });
      await rehearsal().setHostPower(hostId, 'off');
      expect(await isReachable(hostId)).toBe(false);
      expect(await get().state(id)).toBe('unknown');
      expect(await get().state(bystander.id)).toBe('running');
      await expect(get().start(id)).rejects.toMatchObject(withCode('unreachable'));
      await expect(get().newVm({ hostId })).rejects.toMatchObject(withCode('unreachable'));
      await expect(driver.destroyVm(id)).rejects.toMatchObject(withCode('unreachable'));
      expect(await driver.fenceVm(id)).toMatchObject({ subject: id });
      expect((await driver.fenceHost(hostId)).detail).toContain('off');
      await get().reopen();
      expect(await isReachable(hostId)).toBe(false);
      await rehearsal().setHostPower(hostId, 'on');
      expect(await isReachable(hostId)).toBe(true);
      expect(['stopped', 'crashed']).toContain(await get().state(id));
    });

    it('cuts a host or site off: its VMs go on, and it can be neither asked nor fenced until it is healed', async () => {
      const hostId = await get().host(0);
      const site = (await get().driver.listHosts()).find((host) => host.id === hostId)?.site ?? '';
      const { id } = await get().newRunningVm({ hostId });
      const cuts = [
        () => rehearsal().cutHost(hostId, 'outgoing'),
        () => rehearsal().cutHost(hostId, null),
        () => rehearsal().cutSite(site, 'both'),
        () => rehearsal().cutSite(site, null),
      ];
      for (const [i, act] of cuts.entries()) {
        await act();
        const isCut = i % 2 === 0;
        const { driver } = get();
        expect(await isReachable(hostId)).toBe(!isCut);
        expect(await get().state(id)).toBe(isCut ? 'unknown' : 'running');
        if (!isCut) continue;
        await expect(driver.guest(id).ping()).rejects.toMatchObject(withCode('unreachable'));
        await expect(driver.fenceVm(id)).rejects.toMatchObject(withCode('unreachable'));
        await expect(driver.fenceHost(hostId)).rejects.toMatchObject(withCode('unreachable'));
        await get().reopen();
      }
      await get().driver.guest(id).ping();
      await expect(rehearsal().cutHost('nowhere', 'both')).rejects.toMatchObject(withCode('not_found'));
      await expect(rehearsal().cutSite('nowhere', 'both')).rejects.toMatchObject(withCode('not_found'));
      await expect(rehearsal().setHostPower('nowhere', 'off')).rejects.toMatchObject(withCode('not_found'));
    });

    it('gives up the volume of a VM whose host is cut off, on a person’s word', async () => {
      const { driver } = get();
      const hostId = await get().host(0);
      const vm = await get().newRunningVm({ hostId });
      const heir = await get().newRunningVm({ hostId: await get().host(1) });
      const volumeId = get().volumeId();
      await driver.createVolume({ id: volumeId, sizeGiB: 1 });
      await driver.attachVolume(vm.id, volumeId);
      await rehearsal().cutHost(hostId, 'both');
      const said = { subject: vm.id, at: new Date(), method: 'confirmed-by-person', detail: 'it is off' } as const;
      expect((await driver.seizeVolume(vm.id, volumeId, said)).attachedTo).toBeNull();
      expect((await driver.attachVolume(heir.id, volumeId)).attachedTo).toBe(heir.id);
      await rehearsal().cutHost(hostId, null);
      expect((await driver.findVm(vm.id))?.volumes).toEqual([]);
    });

    it('leaves no room on a disk, and gives it back', async () => {
      const { id } = await get().newRunningVm();
      const guest = get().driver.guest(id);
      await rehearsal().fillDisk(id);
      await rehearsal().fillDisk(id);
      const much = 'x'.repeat(100_000);
      await expect(guest.writeFile('/root/room.txt', much)).rejects.toMatchObject(withCode('guest_failed'));
      await rehearsal().emptyDisk(id);
      await guest.writeFile('/root/room.txt', 'there is');
      expect(await guest.readFile('/root/room.txt')).toBe('there is');
    });
  });
};
