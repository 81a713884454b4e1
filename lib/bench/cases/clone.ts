import { copyFile, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { findGolden, findMachineType, type GoldenSnapshot } from '@/lib/hypervisors/qemu/golden/golden';
import { GuestAgent } from '@/lib/hypervisors/qemu/guest/agent';
import { findAccelerator, type GuestImage, getImage } from '@/lib/hypervisors/qemu/image';
import { giveToVmUser } from '@/lib/hypervisors/qemu/lab/vm-user';
import { bringUp } from '@/lib/hypervisors/qemu/vm/bring-up';
import { type Machine, renderCommandLine, VM_FILES } from '@/lib/hypervisors/qemu/vm/command-line';
import { launch } from '@/lib/hypervisors/qemu/vm/launch';
import { killProcess } from '@/lib/hypervisors/qemu/vm/process';
import { type LabDriver, specOf, withLabDriver } from '../lab-driver';
import type { BenchCase } from '../types';

const DEADLINE_MS = 180_000;
const POLL_MS = 2;

interface Ground {
  readonly driver: LabDriver;
  readonly image: GuestImage;
  readonly machine: Machine;
  readonly golden: GoldenSnapshot;
  /** A directory for one VM, with an empty overlay on the golden disk. */
  readonly freshDirectory: () => Promise<string>;
}

const findGround = async (driver: LabDriver): Promise<Ground> => {
  const { imagesDirectory } = driver;
  const image = await getImage(imagesDirectory, driver.imageKey);
  const { accelerator } = await findAccelerator({ imagesDirectory, image });
  const machine: Machine = { accelerator, type: await findMachineType() };
  const golden = await findGolden(imagesDirectory, image, machine);
  if (golden === null) throw new Error('the golden snapshot is not there');
  let count = 0;
  const freshDirectory = async (): Promise<string> => {
    const directory = path.join(driver.home, `measured-${count++}`);
    await mkdir(directory, { mode: 0o700 });
    const disk = path.join(directory, VM_FILES.disk);
    await copyFile(golden.overlay, disk);
    await giveToVmUser([directory, disk]);
    return directory;
  };
  return { driver, image, machine, golden, freshDirectory };
};

/** From the start of QEMU until the guest answers, as the driver starts a VM. In milliseconds. */
const measureStart = async (ground: Ground, number: number, from: 'snapshot' | 'cold'): Promise<number> => {
  const { driver, image, machine, golden } = ground;
  const host = driver.lab.hosts()[0]?.name ?? '';
  const spec = specOf(driver, number, host);
  const directory = await ground.freshDirectory();
  const { device } = await driver.lab.ensureTap(host, spec.id);
  const snapshot = from === 'snapshot' ? await open(golden.state, 'r') : null;
  const began = performance.now();
  let answered = Number.NaN;
  const up = await bringUp({
    spec,
    directory,
    prefix: driver.lab.enter({ host }),
    machine,
    image,
    tap: device,
    snapshot,
    diskGiB: null,
    priority: 'serving',
    deadlineMs: DEADLINE_MS,
    onProcess: async () => undefined,
    onAnswer: () => {
      answered = performance.now() - began;
    },
  });
  up.agent.close();
  up.shell.close();
  up.monitor.close();
  await killProcess(up.process);
  await snapshot?.close();
  await driver.lab.removeTap(host, spec.id);
  await rm(directory, { recursive: true });
  return answered;
};

/** The floor: QEMU restores the snapshot and the guest answers; nothing is plugged in and nothing is told. */
const measureRawRestore = async ({ image, machine, golden, freshDirectory }: Ground): Promise<number> => {
  const directory = await freshDirectory();
  const snapshot = await open(golden.state, 'r');
  const args = renderCommandLine({ name: 'raw', machine, image, cache: 'writeback', incoming: true });
  const began = performance.now();
  const { process, monitor } = await launch({
    ...{ directory, prefix: null, args, snapshot },
    priority: 'serving',
    deadlineMs: DEADLINE_MS,
  });
  const status = async () => ((await monitor.execute('query-status')) as { status: string }).status;
  while ((await status()) === 'inmigrate') await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  await monitor.execute('cont');
  const agent = new GuestAgent(path.join(directory, VM_FILES.agent));
  await agent.request('guest-ping', {}, DEADLINE_MS);
  const took = performance.now() - began;
  agent.close();
  monitor.close();
  await killProcess(process);
  await snapshot.close();
  await rm(directory, { recursive: true });
  return took;
};

/** How soon a clone's guest answers, next to a bare restore of the same snapshot and to a cold boot. */
export const clone: BenchCase = {
  name: 'clone',
  description: 'a clone of the golden snapshot until its guest answers, next to a bare restore and a cold boot',
  run: ({ runs, say }) =>
    withLabDriver(async (driver) => {
      const ground = await findGround(driver);
      const clones: number[] = [];
      const restores: number[] = [];
      const boots: number[] = [];
      // Once each uncounted: the first reads files that later ones find in memory.
      await measureRawRestore(ground);
      for (let run = 0; run < runs; run++) {
        restores.push(await measureRawRestore(ground));
        clones.push(await measureStart(ground, 2 * run + 1, 'snapshot'));
        boots.push(await measureStart(ground, 2 * run + 2, 'cold'));
        say(`run ${run + 1}: ${[restores, clones, boots].map((list) => Math.round(list[run] ?? 0)).join(', ')} ms`);
      }
      const raw = { name: 'QEMU restores the same snapshot', values: restores };
      const cold = { name: 'cold boot', values: boots };
      return [
        {
          name: 'clone answers, to bare restore',
          unit: 'ms',
          values: clones,
          peer: raw,
          target: { kind: 'ratio', atMost: 1.5 },
        },
        {
          name: 'clone answers, to cold boot',
          unit: 'ms',
          values: clones,
          peer: cold,
          target: { kind: 'ratio', atMost: 0.05 },
        },
      ];
    }),
};
