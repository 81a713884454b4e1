import { describe, expect, it } from 'vitest';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import { BASE, renderCommandLine } from './command-line';
import { planHotPlug } from './hot-plug';

const machine = { accelerator: 'tcg', type: 'pc-i440fx-7.2' } as const;
const image = { kernel: '/images/k/vmlinuz', initrd: '/images/k/initrd' };
const render = (incoming: boolean) => renderCommandLine({ name: 'n1', machine, image, cache: 'writeback', incoming });

const plan = (vcpus: number, memoryMiB: number) =>
  planHotPlug({ shape: { vcpus, memoryMiB }, cpuDevice: 'max-x86_64-cpu', mac: '52:54:00:00:00:01', tap: 'tap1' });

describe('the command line', () => {
  it('differs between a boot and a clone only in where the state comes from: a snapshot fits no other machine', () => {
    expect(render(true).slice(0, -2)).toEqual(render(false));
    expect(render(true).slice(-2)).toEqual(['-incoming', 'fd:3']);
  });

  it('lets QEMU start no programs and gain no privileges', () => {
    const args = render(true);
    expect(args[args.indexOf('-sandbox') + 1]).toBe(
      'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny',
    );
  });

  it('takes a machine type under its version', () => {
    expect(render(false)[render(false).indexOf('-machine') + 1]).toMatch(/^pc-i440fx-7\.2,/);
  });
});

describe('the plan to reach a shape', () => {
  it('plugs in the card and nothing else for the base shape', () => {
    const commands = plan(BASE.vcpus, BASE.memoryMiB);
    expect(commands.map(({ command }) => command)).toEqual(['netdev_add', 'device_add']);
    expect(commands[1]?.args).toMatchObject({ driver: 'virtio-net-pci', mac: '52:54:00:00:00:01' });
  });

  it.each([
    [SHAPE_LIMITS.vcpusMax, SHAPE_LIMITS.memoryMiBMax],
    [1, 384],
    [4, 1792],
  ])('adds up to %i vCPU and %i MiB, each processor at a place of its own', (vcpus, memoryMiB) => {
    const commands = plan(vcpus, memoryMiB);
    const memory = commands.filter(({ command }) => command === 'object-add');
    const sum = memory.reduce((total, { args }) => total + Number(args.size), 0);
    expect(BASE.memoryMiB * 2 ** 20 + sum).toBe(memoryMiB * 2 ** 20);
    const sockets = commands
      .filter(({ args }) => args.driver === 'max-x86_64-cpu')
      .map(({ args }) => args['socket-id']);
    expect(sockets).toEqual(Array.from({ length: vcpus - 1 }, (_, i) => i + 1));
  });

  it('stays within what the machine was started with', () => {
    expect(SHAPE_LIMITS.vcpusMax).toBeLessThanOrEqual(BASE.vcpusMax);
    expect(SHAPE_LIMITS.memoryMiBMax).toBeLessThanOrEqual(BASE.memoryGiBMax * 1024);
  });
});
