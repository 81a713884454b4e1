import { describe, expect, it } from 'vitest';
import { clearAfterEach, type GetContext, withCode } from './subject';

export const describeFencing = (get: GetContext): void => {
  describe('fencing', () => {
    clearAfterEach(get);

    const method = () => (get().subject.guest === 'real' ? 'process-gone' : 'simulated');

    it('ends a VM and proves it; a second time proves it again', async () => {
      const { driver } = get();
      const { id } = await get().newRunningVm();
      for (let round = 0; round < 2; round++) {
        const evidence = await driver.fenceVm(id);
        expect(evidence).toMatchObject({ subject: id, method: method() });
        expect(evidence.detail).not.toBe('');
        expect(['stopped', 'crashed']).toContain(await get().state(id));
      }
    });

    it('ends a paused VM as well: it would go on one day', async () => {
      const { driver } = get();
      const { id } = await get().newRunningVm();
      await driver.pauseVm(id);
      expect((await driver.fenceVm(id)).method).toBe(method());
      expect(['stopped', 'crashed']).toContain(await get().state(id));
    });

    it('knows of a VM that was never started, or that no host has', async () => {
      const { driver } = get();
      const { id } = await get().newVm();
      expect(await driver.fenceVm(id)).toMatchObject({ subject: id, method: 'never-started' });
      expect(await driver.fenceVm('nobody')).toMatchObject({ subject: 'nobody', method: 'never-started' });
    });

    it('ends every VM of a host and none of another', async () => {
      const { driver } = get();
      const [hostId, other] = [await get().host(0), await get().host(1)];
      const [a, b] = await Promise.all([
        get().newRunningVm({ hostId }),
        get().newRunningVm({ hostId }),
        get().newVm({ hostId }),
      ]);
      const bystander = await get().newRunningVm({ hostId: other });
      expect(await driver.fenceHost(hostId)).toMatchObject({ subject: hostId });
      for (const vm of [a, b]) expect(['stopped', 'crashed']).toContain(await get().state(vm.id));
      expect(await get().state(bystander.id)).toBe('running');
      await expect(driver.fenceHost('nowhere')).rejects.toMatchObject(withCode('not_found'));
    });
  });
};
