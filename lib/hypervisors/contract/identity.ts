import { describe, expect, it } from 'vitest';
import { type GetContext, type GuestKind, notHere, PREFIX_LENGTH, SMALL, STATE, sharedVms } from './subject';

/** A clock may be this far off: what a call into an emulated guest takes, and no more than certificates forgive. */
const CLOCK_TOLERANCE_MS = 3_000;

export const describeIdentity = (get: GetContext, guest: GuestKind): void => {
  const itReal = guest === 'real' ? it : notHere;
  describe('identity of two VMs of one image', () => {
    const vms = sharedVms(get, [SMALL, SMALL]);

    const fromBoth = async (command: string, args: readonly string[]): Promise<readonly string[]> =>
      Promise.all(vms().map((vm) => get().output(vm.id, command, args)));

    it('each has the name that it was given and a machine id of its own', async () => {
      expect(await fromBoth('hostname', [])).toEqual(vms().map((vm) => vm.name));
      expect(await fromBoth('cat', ['/etc/hostname'])).toEqual(vms().map((vm) => vm.name));
      const ids = await fromBoth('cat', ['/etc/machine-id']);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(new Set(ids).size).toBe(2);
    });

    it('each has the right time', async () => {
      const { driver } = get();
      for (const vm of vms()) {
        const before = (await driver.statistics(vm.id)).at.getTime();
        const inside = Number(await get().output(vm.id, 'date', ['+%s%3N']));
        const after = (await driver.statistics(vm.id)).at.getTime();
        expect(inside).toBeGreaterThan(before - CLOCK_TOLERANCE_MS);
        expect(inside).toBeLessThan(after + CLOCK_TOLERANCE_MS);
      }
    });

    itReal('each has its own network card and address, and they reach each other', async () => {
      expect(await fromBoth('cat', ['/sys/class/net/eth0/address'])).toEqual(vms().map((vm) => vm.mac));
      const addresses = await fromBoth('/bin/ip', ['-4', '-brief', 'address', 'show', 'dev', 'eth0']);
      vms().forEach((vm, i) => {
        expect(addresses[i]).toContain(`${vm.address}/${PREFIX_LENGTH}`);
      });
      const [a, b] = vms();
      const ping = () =>
        get()
          .driver.guest(a?.id ?? '')
          .exec('/bin/busybox', ['ping', '-c', '1', b?.address ?? '']);
      await expect.poll(async () => (await ping()).exitCode, STATE).toBe(0);
    });

    itReal('share neither random numbers nor SSH host keys', async () => {
      const random = await fromBoth('/bin/sh', ['-c', 'head -c 16 /dev/urandom | od -A n -t x1']);
      expect(new Set(random).size).toBe(2);
      // Many, because two that go on from one state need not be at the same place of what follows from it.
      const numbers = 'for i in 1 2 3 4 5 6 7 8 9 10; do cat /proc/sys/kernel/random/uuid; done';
      const [first = '', second = ''] = await fromBoth('/bin/sh', ['-c', numbers]);
      const others = second.split('\n');
      expect(others).toHaveLength(10);
      expect(first.split('\n').filter((number) => others.includes(number))).toEqual([]);
      const keys = await fromBoth('/bin/sh', ['-c', 'cat /etc/ssh/ssh_host_*_key.pub 2>/dev/null || true']);
      const lines = keys.flatMap((text) => text.split('\n').filter((line) => line !== ''));
      expect(new Set(lines).size).toBe(lines.length);
    });
  });
};
