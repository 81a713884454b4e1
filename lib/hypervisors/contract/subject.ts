import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Shape } from '@/lib/domain/shape';
import type { Hypervisor, HypervisorError, HypervisorErrorCode, VmFacts, VmSpec } from '../types';

/** `real`: the guest runs programs; `modelled`: it answers those few that the suite names. */
export type GuestKind = 'real' | 'modelled';

/** Stands for `it` where a test asks what a modelled guest does not have: there is no such test then. */
export const notHere = (_name: string, _test: () => Promise<void>): void => undefined;

/** What the suite needs besides the driver. */
export interface ContractSubject {
  /** A new driver over the same state, as a new process would make it. The suite starts and stops it. */
  open(): Hypervisor;
  readonly guest: GuestKind;
  /** Ends a running VM behind the driver's back, as a crash would. */
  crash(driver: Hypervisor, vmId: string): Promise<void>;
  /** How long a VM may take to start here. */
  readonly startDeadlineMs: number;
  /** A start deadline that no VM can meet here. */
  readonly hopelessDeadlineMs: number;
  /** Removes what `tearDown` leaves by design, such as cached images. */
  close(): Promise<void>;
}

export const SMALL: Shape = { vcpus: 1, memoryMiB: 256, diskGiB: 2 };
export const LARGER: Shape = { vcpus: 2, memoryMiB: 512, diskGiB: 2 };
export const PREFIX_LENGTH = 16;

/** How long the suite waits for a state that a driver reaches by itself. */
export const STATE = { timeout: 20_000, interval: 50 } as const;

/** One driver for a file of tests, with names for VMs and volumes that no test shares. */
export class Context {
  readonly subject: ContractSubject;
  imageKey = '';
  #driver: Hypervisor | null = null;
  #counter = 0;

  constructor(subject: ContractSubject) {
    this.subject = subject;
  }

  get driver(): Hypervisor {
    if (this.#driver === null) throw new Error('The driver is not open.');
    return this.#driver;
  }

  async open(): Promise<void> {
    this.#driver = this.subject.open();
    await this.driver.start();
    this.imageKey = await this.driver.ensureImage({ packages: [] }, () => undefined);
  }

  /** Lets the driver go, as a process that ends does, and takes a new one over the same state. */
  async reopen(between: () => Promise<void> = async () => undefined): Promise<void> {
    await this.driver.stop();
    await between();
    this.#driver = this.subject.open();
    await this.driver.start();
  }

  async clear(): Promise<void> {
    for (const vm of await this.driver.listVms()) await this.driver.destroyVm(vm.id);
    for (const volume of await this.driver.listVolumes()) await this.driver.destroyVolume(volume.id);
  }

  async close(): Promise<void> {
    await this.#driver?.tearDown();
    await this.#driver?.stop();
    await this.subject.close();
  }

  async host(index: number): Promise<string> {
    const hosts = await this.driver.listHosts();
    const host = hosts[index % hosts.length];
    if (host === undefined) throw new Error('The driver has no hosts.');
    return host.id;
  }

  async spec(options: Partial<VmSpec> = {}): Promise<VmSpec> {
    this.#counter += 1;
    const number = this.#counter;
    return {
      id: `contract-vm-${number}`,
      name: `node-${number}`,
      hostId: await this.host(number),
      shape: SMALL,
      imageKey: this.imageKey,
      nic: {
        mac: `02:cc:00:00:00:${number.toString(16).padStart(2, '0')}`,
        address: `10.77.253.${number}`,
        prefixLength: PREFIX_LENGTH,
      },
      ...options,
    };
  }

  volumeId(): string {
    this.#counter += 1;
    return `contract-vol-${this.#counter}`;
  }

  async newVm(options: Partial<VmSpec> = {}): Promise<VmFacts> {
    return this.driver.createVm(await this.spec(options));
  }

  start(vmId: string): Promise<VmFacts> {
    return this.driver.startVm(vmId, { deadlineMs: this.subject.startDeadlineMs });
  }

  async newRunningVm(options: Partial<VmSpec> = {}): Promise<VmFacts> {
    const vm = await this.newVm(options);
    return this.start(vm.id);
  }

  async state(vmId: string): Promise<VmFacts['state'] | 'gone'> {
    return (await this.driver.findVm(vmId))?.state ?? 'gone';
  }

  /** The output of a program in the guest that must succeed. */
  async output(vmId: string, command: string, args: readonly string[] = []): Promise<string> {
    const result = await this.driver.guest(vmId).exec(command, args);
    if (result.exitCode !== 0) throw new Error(`${command} ended with ${result.exitCode}: ${result.stderr}`);
    return result.stdout.trim();
  }
}

export type GetContext = () => Context;

/** Each test finds no VM and no volume, and leaves none. */
export const clearAfterEach = (get: GetContext): void => {
  afterEach(() => get().clear());
};

/** VMs that the tests of a block share and leave running. */
export const sharedVms = (get: GetContext, shapes: readonly Shape[]): (() => readonly VmFacts[]) => {
  let vms: readonly VmFacts[] = [];
  beforeAll(async () => {
    vms = await Promise.all(shapes.map((shape) => get().newRunningVm({ shape })));
  });
  afterAll(() => get().clear());
  return () => vms;
};

/** For `rejects.toMatchObject`. */
export const withCode = (code: HypervisorErrorCode): Pick<HypervisorError, 'name' | 'code'> => ({
  name: 'HypervisorError',
  code,
});
