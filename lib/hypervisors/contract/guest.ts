import { describe, expect, it } from 'vitest';
import type { VmStatistics } from '../types';
import { type GetContext, type GuestKind, LARGER, notHere, STATE, sharedVms, withCode } from './subject';

export const describeGuest = (get: GetContext, guest: GuestKind): void => {
  const itReal = guest === 'real' ? it : notHere;
  describe('guest channel', () => {
    const vms = sharedVms(get, [LARGER]);
    const channel = () => get().driver.guest(vms()[0]?.id ?? '');

    it('runs programs: output, input and exit code come back as they were', async () => {
      expect(await channel().exec('/bin/echo', ['one', 'two  three'])).toEqual({
        exitCode: 0,
        stdout: 'one two  three\n',
        stderr: '',
      });
      expect((await channel().exec('/bin/cat', [], { input: 'ä line\nanother' })).stdout).toBe('ä line\nanother');
      expect((await channel().exec('/bin/false')).exitCode).toBe(1);
      const missing = await channel().exec('/bin/cat', ['/nowhere']);
      expect(missing.exitCode).toBe(1);
      expect(missing.stderr).toContain('/nowhere');
    });

    it('keeps calls apart that are made at the same time', async () => {
      const words = ['a', 'b', 'c', 'd', 'e', 'f'];
      const results = await Promise.all(words.map((word) => channel().exec('/bin/echo', [word])));
      expect(results.map((result) => result.stdout.trim())).toEqual(words);
    });

    it('writes and reads whole files, whatever is in them', async () => {
      const content = `quotes ' " $HOME \\ ä €\n${'0123456789abcdef'.repeat(16_384)}\n`;
      await channel().writeFile('/etc/contract-file', content);
      expect(await channel().readFile('/etc/contract-file')).toBe(content);
      await channel().writeFile('/etc/contract-file', 'shorter');
      expect(await channel().readFile('/etc/contract-file')).toBe('shorter');
      await expect(channel().readFile('/nowhere')).rejects.toMatchObject(withCode('guest_failed'));
    });

    itReal('runs scripts one after another, each apart from the others', async () => {
      const results = await Promise.all([
        channel().run('word=mine; echo "$word"; echo oops >&2; exit 3'),
        channel().run(`echo "\${word:-nothing}"`),
      ]);
      expect(results).toEqual([
        { exitCode: 3, stdout: 'mine\n', stderr: 'oops\n' },
        { exitCode: 0, stdout: 'nothing\n', stderr: '' },
      ]);
    });

    itReal('gives a file the mode that was asked for, and ends a program at its deadline without harm', async () => {
      await channel().writeFile('/etc/contract-script', '#!/bin/sh\necho ran\n', { mode: '0750' });
      expect((await channel().exec('/usr/bin/stat', ['-c', '%a', '/etc/contract-script'])).stdout).toBe('750\n');
      expect((await channel().exec('/etc/contract-script')).stdout).toBe('ran\n');
      const endless = channel().exec('/bin/sleep', ['300'], { timeoutMs: 700 });
      await expect(endless).rejects.toMatchObject(withCode('deadline'));
      expect((await channel().exec('/bin/echo', ['fine'])).stdout).toBe('fine\n');
    });
  });

  describe('console', () => {
    const vms = sharedVms(get, [LARGER]);

    it('shows what the guest prints and takes what a person types, once and again', async () => {
      const { driver, subject } = get();
      const [vm] = vms();
      for (const round of ['first', 'second']) {
        const console = await driver.openConsole(vm?.id ?? '');
        let seen = '';
        console.on('data', (chunk: Buffer) => {
          seen += chunk.toString('utf8');
        });
        // The shell's answer, not the echo of what is typed.
        console.write(`echo ${round}$((40+2))\r`);
        const expected = subject.guest === 'real' ? `${round}42` : (vm?.name ?? '?');
        await expect.poll(() => seen, STATE).toContain(expected);
        const closed = new Promise((resolve) => console.once('close', resolve));
        console.destroy();
        await closed;
      }
    });

    it('is kept in its last part, also when nobody looks and after the VM has ended', async () => {
      const { driver } = get();
      const id = vms()[0]?.id ?? '';
      const console = await driver.openConsole(id);
      console.resume();
      console.write('echo kept$((40+2))\r');
      await expect.poll(() => driver.readConsoleLog(id), STATE).toContain('kept');
      console.destroy();
      await expect(driver.readConsoleLog('nobody')).rejects.toMatchObject(withCode('not_found'));
      const ended = await get().newRunningVm();
      await driver.openConsole(ended.id).then((opened) => opened.destroy());
      await driver.killVm(ended.id);
      expect(await driver.readConsoleLog(ended.id)).toBeTypeOf('string');
    });
  });

  describe('statistics', () => {
    const vms = sharedVms(get, [LARGER]);

    const counters = (s: VmStatistics): readonly number[] => [
      s.at.getTime(),
      ...s.vcpuTimesMs,
      s.networkReceivedBytes,
      s.networkSentBytes,
      s.diskReadBytes,
      s.diskWrittenBytes,
    ];

    it('have one counter per vCPU, the memory of the shape, and never run backwards', async () => {
      const { driver } = get();
      const [vm] = vms();
      const id = vm?.id ?? '';
      let before = await driver.statistics(id);
      expect(before.vcpuTimesMs).toHaveLength(LARGER.vcpus);
      expect(before.memoryTotalMiB).toBe(LARGER.memoryMiB);
      expect(before.memoryResidentMiB).toBeGreaterThan(0);
      for (let round = 0; round < 5; round++) {
        await driver.guest(id).exec('/bin/cat', ['/proc/meminfo']);
        const after = await driver.statistics(id);
        const earlier = counters(before);
        counters(after).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(earlier[i] ?? 0);
        });
        before = after;
      }
    });

    itReal('show work as processor time, what is written, and the memory that the guest uses', async () => {
      const { driver } = get();
      const [vm] = vms();
      const id = vm?.id ?? '';
      const before = await driver.statistics(id);
      await get().output(id, '/bin/sh', ['-c', 'dd if=/dev/urandom of=/etc/written bs=1M count=4 2>&1 && sync']);
      const busy = (s: VmStatistics) => s.vcpuTimesMs.reduce((a, b) => a + b, 0);
      const after = await driver.statistics(id);
      expect(busy(after)).toBeGreaterThan(busy(before));
      expect(after.diskWrittenBytes - before.diskWrittenBytes).toBeGreaterThanOrEqual(4 * 1024 * 1024);
      const used = async () => (await driver.statistics(id)).memoryUsedMiB ?? 0;
      await expect.poll(used, STATE).toBeGreaterThan(0);
      expect(await used()).toBeLessThanOrEqual(LARGER.memoryMiB);
    });
  });
};
