import { describe, expect, it } from 'vitest';
import { clearAfterEach, type GetContext, LARGER, SMALL, STATE, withCode } from './subject';

export const describeLifecycle = (get: GetContext): void => {
  describe('definition', () => {
    clearAfterEach(get);

    it('a defined VM is stopped, has never run, and is found and listed as it was asked for', async () => {
      const { driver } = get();
      const spec = await get().spec();
      const vm = await driver.createVm(spec);
      expect(vm).toMatchObject({ id: spec.id, name: spec.name, hostId: spec.hostId, shape: spec.shape });
      expect(vm).toMatchObject({ address: spec.nic.address, mac: spec.nic.mac, volumes: [], bootRetries: 0 });
      expect(vm).toMatchObject({ state: 'stopped', startedAt: null, endedAt: null, startedFrom: null });
      expect(await driver.findVm(spec.id)).toEqual(vm);
      expect(await driver.listVms()).toEqual([vm]);
      expect(await driver.findVm('nobody')).toBeNull();
    });

    it('defining it again finds it; another shape under its id is refused', async () => {
      const { driver } = get();
      const spec = await get().spec();
      const vm = await driver.createVm(spec);
      expect(await driver.createVm(spec)).toEqual(vm);
      expect(await driver.listVms()).toHaveLength(1);
      await expect(driver.createVm({ ...spec, shape: LARGER })).rejects.toMatchObject(withCode('already_exists'));
    });

    it('the image it is made of is listed, with what is in it and who uses it', async () => {
      const { driver, imageKey } = get();
      const vm = await get().newVm();
      const image = (await driver.listImages()).find(({ key }) => key === imageKey);
      expect(image).toMatchObject({ key: imageKey, usedBy: [vm.id] });
      expect(image?.createdAt).toBeInstanceOf(Date);
      await driver.destroyVm(vm.id);
      expect((await driver.listImages()).find(({ key }) => key === imageKey)?.usedBy).toEqual([]);
    });

    it('unknown hosts, images and VMs are refused by name', async () => {
      const { driver } = get();
      await expect(get().newVm({ hostId: 'nowhere' })).rejects.toMatchObject(withCode('not_found'));
      await expect(get().newVm({ imageKey: 'nothing' })).rejects.toMatchObject(withCode('image_missing'));
      await expect(get().start('nobody')).rejects.toMatchObject(withCode('not_found'));
      await expect(driver.killVm('nobody')).rejects.toMatchObject(withCode('not_found'));
      await expect(driver.statistics('nobody')).rejects.toMatchObject(withCode('not_found'));
      await expect(driver.guest('nobody').ping()).rejects.toMatchObject(withCode('not_found'));
      expect(await driver.listVms()).toEqual([]);
    });

    it('a destroyed VM is gone, and destroying it again is fine', async () => {
      const { driver } = get();
      const vm = await get().newVm();
      await driver.destroyVm(vm.id);
      await driver.destroyVm(vm.id);
      expect(await driver.findVm(vm.id)).toBeNull();
      expect(await driver.listVms()).toEqual([]);
    });
  });

  describe('start and end', () => {
    clearAfterEach(get);

    it('a running VM can be made to yield to others and to come before them, one that does not run cannot', async () => {
      const { driver } = get();
      const { id } = await get().newVm();
      await expect(driver.setPriority(id, 'serving')).rejects.toMatchObject(withCode('wrong_state'));
      await driver.startVm(id, { deadlineMs: get().subject.startDeadlineMs, priority: 'standby' });
      for (const priority of ['awaited', 'serving', 'standby'] as const) await driver.setPriority(id, priority);
      expect(await get().state(id)).toBe('running');
      await expect(driver.setPriority('nobody', 'serving')).rejects.toMatchObject(withCode('not_found'));
    });

    it('a started VM answers, and starting it again, even at the same time, starts no second one', async () => {
      const { driver } = get();
      const { id } = await get().newVm();
      const [vm, same] = await Promise.all([get().start(id), get().start(id)]);
      expect(vm).toMatchObject({ state: 'running', endedAt: null, startedFrom: 'snapshot' });
      expect(vm.startedAt).toBeInstanceOf(Date);
      expect(same.startedAt).toEqual(vm.startedAt);
      expect((await get().start(id)).startedAt).toEqual(vm.startedAt);
      await driver.guest(id).ping();
    });

    it('a start that misses its deadline says so and leaves nothing running; the next one succeeds', async () => {
      const { driver, subject } = get();
      const { id } = await get().newVm();
      const late = driver.startVm(id, { deadlineMs: subject.hopelessDeadlineMs });
      await expect(late).rejects.toMatchObject(withCode('deadline'));
      expect(['stopped', 'crashed']).toContain(await get().state(id));
      expect((await get().start(id)).state).toBe('running');
    });

    it('a stopped VM keeps its disk and its identity, and tells when it ended', async () => {
      const { driver } = get();
      const { id, startedAt } = await get().newRunningVm();
      const machineId = await driver.guest(id).readFile('/etc/machine-id');
      await driver.guest(id).writeFile('/etc/kept', 'still here\n');
      let isDone = false;
      const stopping = driver.stopVm(id, { deadlineMs: 60_000 }).finally(() => {
        isDone = true;
      });
      // Whoever looks meanwhile must not take it for a crash.
      while (!isDone) {
        expect(await get().state(id)).not.toBe('crashed');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const stopped = await stopping;
      expect(stopped).toMatchObject({ state: 'stopped', startedAt: null });
      expect(stopped.endedAt?.getTime() ?? 0).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Number.POSITIVE_INFINITY);
      expect(await driver.stopVm(id, { deadlineMs: 60_000 })).toEqual(stopped);
      expect(await get().start(id)).toMatchObject({ state: 'running', endedAt: null });
      expect(await driver.guest(id).readFile('/etc/kept')).toBe('still here\n');
      expect(await driver.guest(id).readFile('/etc/machine-id')).toBe(machineId);
    });

    it('a VM that does not shut down is ended at the deadline', async () => {
      const { driver } = get();
      const { id } = await get().newRunningVm();
      await driver.pauseVm(id);
      expect((await driver.stopVm(id, { deadlineMs: 500 })).state).toBe('stopped');
    });

    it('a killed VM is stopped at once, and killing it again is fine', async () => {
      const { driver } = get();
      const { id } = await get().newRunningVm();
      const killed = await driver.killVm(id);
      expect(killed).toMatchObject({ state: 'stopped', startedAt: null });
      expect(killed.endedAt).toBeInstanceOf(Date);
      expect(await driver.killVm(id)).toEqual(killed);
      await expect(driver.guest(id).ping()).rejects.toMatchObject(withCode('wrong_state'));
      await expect(driver.statistics(id)).rejects.toMatchObject(withCode('wrong_state'));
      await expect(driver.pauseVm(id)).rejects.toMatchObject(withCode('wrong_state'));
      await expect(driver.openConsole(id)).rejects.toMatchObject(withCode('wrong_state'));
    });

    it('a VM that ends by itself is found crashed, with the time, and can be started again', async () => {
      const { driver, subject } = get();
      const { id, startedAt } = await get().newRunningVm();
      await subject.crash(driver, id);
      await expect.poll(() => get().state(id), STATE).toBe('crashed');
      const crashed = await driver.findVm(id);
      expect(crashed?.startedAt).toBeNull();
      expect(crashed?.endedAt?.getTime() ?? 0).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Number.POSITIVE_INFINITY);
      expect((await get().start(id)).state).toBe('running');
    });

    it('a running VM can be destroyed', async () => {
      const { driver } = get();
      const { id } = await get().newRunningVm();
      await driver.destroyVm(id);
      expect(await get().state(id)).toBe('gone');
    });

    it('a paused VM does not answer, and goes on where it was', async () => {
      const { driver } = get();
      const { id, startedAt } = await get().newRunningVm();
      await driver.pauseVm(id);
      await driver.pauseVm(id);
      expect(await get().state(id)).toBe('paused');
      await expect(driver.guest(id).ping({ timeoutMs: 300 })).rejects.toMatchObject(withCode('deadline'));
      await expect(get().start(id)).rejects.toMatchObject(withCode('wrong_state'));
      await driver.resumeVm(id);
      await driver.resumeVm(id);
      await driver.guest(id).ping();
      expect(await driver.findVm(id)).toMatchObject({ state: 'running', startedAt });
    });

    it.each([
      ['the smallest shape', SMALL],
      ['more processors and memory', LARGER],
      ['much more memory than processors', { vcpus: 1, memoryMiB: 1152, diskGiB: 3 }],
    ])('%s is in force inside the guest', async (_, shape) => {
      const { driver } = get();
      const { id } = await get().newRunningVm({ shape });
      expect(await get().output(id, 'nproc')).toBe(String(shape.vcpus));
      const memory = /MemTotal:\s+(\d+) kB/.exec(await driver.guest(id).readFile('/proc/meminfo'));
      const memoryMiB = Number(memory?.[1] ?? 0) / 1024;
      expect(memoryMiB).toBeLessThanOrEqual(shape.memoryMiB);
      // What the kernel keeps for itself grows with the memory: its table of pages.
      expect(memoryMiB).toBeGreaterThan(shape.memoryMiB * 0.97 - 48);
      expect((await driver.statistics(id)).vcpuTimesMs).toHaveLength(shape.vcpus);
    });
  });
};
