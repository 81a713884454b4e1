import { describe, expect, it } from 'vitest';
import { clearAfterEach, type GetContext, SMALL, withCode } from './subject';

export const describeHosts = (get: GetContext): void => {
  describe('hosts and images', () => {
    clearAfterEach(get);

    it('lists hosts with site and capacity, accelerated as the driver says', async () => {
      const { driver } = get();
      const hosts = await driver.listHosts();
      expect(hosts.length).toBeGreaterThan(1);
      expect(new Set(hosts.map((host) => host.id)).size).toBe(hosts.length);
      const accelerator = await driver.accelerator();
      for (const host of hosts) {
        expect(host).toMatchObject({ reachable: true, accelerator });
        expect(Math.min(host.capacity.vcpus, host.capacity.memoryMiB, host.capacity.diskGiB)).toBeGreaterThan(0);
      }
    });

    it('makes an image once: the same packages have the same key, and progress only grows', async () => {
      const { driver, imageKey } = get();
      const fractions: number[] = [];
      expect(await driver.ensureImage({ packages: [] }, (_, fraction) => fractions.push(fraction))).toBe(imageKey);
      expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    });

    it('starting twice changes nothing', async () => {
      const vm = await get().newVm();
      await get().driver.start();
      expect(await get().driver.listVms()).toEqual([vm]);
    });
  });

  describe('capacity', () => {
    clearAfterEach(get);

    it('refuses a VM that its host has no room for, and nothing of it is left', async () => {
      const { driver } = get();
      const [host] = await driver.listHosts();
      if (host === undefined) throw new Error('The driver has no hosts.');
      const full = await get().newVm({ hostId: host.id, shape: { ...SMALL, memoryMiB: host.capacity.memoryMiB } });
      const refused = await get().spec({ hostId: host.id });
      await expect(driver.createVm(refused)).rejects.toMatchObject(withCode('no_capacity'));
      expect(await driver.listVms()).toEqual([full]);
      await driver.destroyVm(full.id);
      expect(await driver.createVm(refused)).toMatchObject({ id: refused.id, state: 'stopped' });
    });

    it.each(['vcpus', 'diskGiB'] as const)('counts %s too', async (what) => {
      const { driver } = get();
      const [host] = await driver.listHosts();
      if (host === undefined) throw new Error('The driver has no hosts.');
      const shape = { ...SMALL, [what]: host.capacity[what] + 1 };
      await expect(get().newVm({ hostId: host.id, shape })).rejects.toMatchObject(withCode('no_capacity'));
    });

    it('never gives the same room to two that ask at once', async () => {
      const { driver } = get();
      const [host] = await driver.listHosts();
      if (host === undefined) throw new Error('The driver has no hosts.');
      const shape = { ...SMALL, vcpus: Math.floor(host.capacity.vcpus / 2) };
      const specs = await Promise.all([1, 2, 3, 4].map(() => get().spec({ hostId: host.id, shape })));
      const results = await Promise.allSettled(specs.map((spec) => driver.createVm(spec)));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2);
      expect(await driver.listVms()).toHaveLength(2);
    });
  });
};
