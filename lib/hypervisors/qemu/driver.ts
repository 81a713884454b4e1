import { connect } from 'node:net';
import path from 'node:path';
import { Serial } from '@/lib/concurrency/serial';
import { addShapes, sameShape, shapeFits, subtractShapes, sumShapes } from '@/lib/domain/shape';
import {
  type Accelerator,
  type FenceEvidence,
  type HostFacts,
  type Hypervisor,
  HypervisorError,
  type ImageFacts,
  type StartOptions,
  type VmFacts,
  type VmPriority,
  type VmSpec,
} from '../types';
import { ensureGolden, findGolden, findMachineType, type GoldenSnapshot } from './golden/golden';
import { createGuestChannel } from './guest/channel';
import { buildImage, findAccelerator, type GuestImage, getImage } from './image';
import { listImages } from './image/list';
import { createLab, type Lab, tapNameOf } from './lab';
import { type Machine, VM_FILES } from './vm/command-line';
import { boundConsoleLog, readConsoleLog } from './vm/console-log';
import { setProcessPriority } from './vm/priority';
import { type VmRecord, VmRecords } from './vm/record';
import { startVm } from './vm/start';
import { readStatistics } from './vm/statistics';
import { killVm, stopVm } from './vm/stop';
import { Vms } from './vm/vms';
import { plugSlot, plugVolume, unplugVolume } from './volume/plug';
import { Volumes } from './volume/volumes';

export interface QemuOptions {
  /** The state directory; the user that VMs run as must be able to enter it. */
  readonly home: string;
  /** Images and golden snapshots; may be shared by several state directories. */
  readonly imagesDirectory: string;
  readonly lab?: Lab;
}

const SET_CLOCK_DEADLINE_MS = 2_000;
const BOUND_CONSOLE_LOGS_MS = 5_000;

const silent = (): void => undefined;

/** Everything that a start needs besides the VM. */
interface Ground {
  readonly image: GuestImage;
  readonly machine: Machine;
}

/**
 * The driver of the embedded lab: each VM is a QEMU process in the network namespace of its host, unprivileged and
 * sandboxed, that outlives this process. Works on one VM are done one after another, those on different VMs at once.
 */
export class QemuHypervisor implements Hypervisor {
  readonly name = 'qemu';
  readonly rehearsal = null;
  readonly #lab: Lab;
  readonly #vms: Vms;
  readonly #volumes: Volumes;
  readonly #imagesDirectory: string;
  readonly #serial = new Serial();
  #machine: Promise<Machine> | null = null;
  #bounding: NodeJS.Timeout | undefined;

  constructor(options: QemuOptions) {
    this.#imagesDirectory = options.imagesDirectory;
    this.#lab = options.lab ?? createLab({ home: options.home });
    this.#vms = new Vms(new VmRecords(path.join(options.home, 'lab', 'vms')));
    this.#volumes = new Volumes(path.join(options.home, 'lab', 'volumes'));
  }

  async start(): Promise<void> {
    await this.#lab.ensure();
    const records = await this.#vms.records.list();
    await Promise.all(records.map((record) => this.#serial.run(record.spec.id, () => this.#adopt(record.spec.id))));
    clearInterval(this.#bounding);
    this.#bounding = setInterval(() => void this.#boundConsoleLogs().catch(silent), BOUND_CONSOLE_LOGS_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#bounding);
    this.#vms.sessions.closeAll();
  }

  async tearDown(): Promise<void> {
    const records = await this.#vms.records.list();
    await Promise.all(records.map((record) => this.destroyVm(record.spec.id)));
    await this.#lab.tearDown();
    await Promise.all([this.#vms.records.removeAll(), this.#volumes.removeAll()]);
  }

  async listHosts(): Promise<readonly HostFacts[]> {
    const accelerator = await this.accelerator();
    return this.#lab.hosts().map((host) => ({ id: host.name, ...host, reachable: true, accelerator }));
  }

  async accelerator(): Promise<Accelerator> {
    return (await this.#getMachine()).accelerator;
  }

  async ensureImage(
    image: { readonly packages: readonly string[] },
    progress: (message: string, fraction: number) => void,
  ): Promise<string> {
    // The snapshot is the second half of the work; whatever a part reports, progress only grows.
    let reached = 0;
    const part = (from: number, to: number) => (message: string, fraction: number) => {
      reached = Math.max(reached, from + (to - from) * Math.min(Math.max(fraction, 0), 1));
      progress(message, reached);
    };
    const imagesDirectory = this.#imagesDirectory;
    const built = await buildImage({ packages: image.packages, imagesDirectory, progress: part(0, 0.5) });
    const machine = await this.#getMachine(built);
    await ensureGolden(imagesDirectory, built, machine, part(0.5, 1));
    return built.key;
  }

  async listImages(): Promise<readonly ImageFacts[]> {
    const [images, records] = await Promise.all([listImages(this.#imagesDirectory), this.#vms.records.list()]);
    return images.map((image) => ({
      ...image,
      usedBy: records.filter(({ spec }) => spec.imageKey === image.key).map(({ spec }) => spec.id),
    }));
  }

  createVm(spec: VmSpec): Promise<VmFacts> {
    // Room is looked for and taken as one: no two VMs get the same.
    return this.#serial.run('capacity', async () => {
      const known = await this.#vms.find(spec.id);
      if (known !== null) {
        if (sameShape(known.spec.shape, spec.shape) && known.spec.hostId === spec.hostId) return this.#facts(known);
        throw new HypervisorError('already_exists', `VM ${spec.id} is there with another shape or on another host.`);
      }
      const { machine } = await this.#ground(spec.imageKey);
      await this.#refuseFullHost(spec);
      const record: VmRecord = {
        spec,
        accelerator: machine.accelerator,
        process: null,
        endedAt: null,
        crashed: false,
        startedFrom: null,
        bootRetries: 0,
      };
      await this.#vms.records.write(record);
      return this.#facts(record);
    });
  }

  startVm(vmId: string, options: StartOptions): Promise<VmFacts> {
    return this.#serial.run(vmId, async () => {
      const record = await this.#vms.get(vmId);
      if (record.process?.isUp) {
        const facts = await this.#facts(record);
        if (facts.state === 'paused')
          throw new HypervisorError('wrong_state', `The VM ${facts.name} is paused: let it go on first.`);
        return facts;
      }
      // A start that another process began and did not see through.
      const stopped = await killVm(this.#vms, record);
      const { image, machine } = await this.#ground(record.spec.imageKey);
      const volumes = await this.#volumes.of(vmId);
      const context = {
        vms: this.#vms,
        lab: this.#lab,
        machine,
        image,
        golden: await this.#golden(image, machine),
        volumes: volumes.map((volume) => this.#volumes.pluggedOf(volume)),
        priority: options.priority ?? 'serving',
      };
      return this.#facts(await startVm(context, stopped, options));
    });
  }

  stopVm(vmId: string, options: { readonly deadlineMs: number }): Promise<VmFacts> {
    return this.#serial.run(vmId, async () =>
      this.#facts(await stopVm(this.#vms, await this.#vms.get(vmId), options.deadlineMs)),
    );
  }

  killVm(vmId: string): Promise<VmFacts> {
    return this.#afterEndingProcess(vmId, async () => this.#facts(await killVm(this.#vms, await this.#vms.get(vmId))));
  }

  async setPriority(vmId: string, priority: VmPriority): Promise<void> {
    await setProcessPriority((await this.#vms.getRunning(vmId)).process.pid, priority);
  }

  async pauseVm(vmId: string): Promise<void> {
    await (await this.#vms.monitor(vmId)).execute('stop');
  }

  async resumeVm(vmId: string): Promise<void> {
    await (await this.#vms.monitor(vmId)).execute('cont');
    // The guest's clock stood still meanwhile. A guest that does not answer has worse troubles than that.
    const { process } = await this.#vms.getRunning(vmId);
    const agent = this.#vms.sessions.agent(vmId, process.pid);
    const setClock = { path: '/bin/date', arg: ['-u', '-s', `@${(Date.now() / 1_000).toFixed(3)}`] };
    await agent.request('guest-exec', setClock, SET_CLOCK_DEADLINE_MS).catch(silent);
  }

  async destroyVm(vmId: string): Promise<void> {
    await this.#afterEndingProcess(vmId, async () => {
      const record = await this.#vms.find(vmId);
      if (record === null) return;
      await killVm(this.#vms, record);
      await this.#serial.run('volumes', async () => {
        for (const volume of await this.#volumes.of(vmId)) await this.#volumes.write({ ...volume, attachedTo: null });
      });
      await this.#lab.removeTap(record.spec.hostId, vmId);
      await this.#vms.records.remove(vmId);
    });
  }

  async listVms(): Promise<readonly VmFacts[]> {
    const records = await this.#vms.records.list();
    const facts = await Promise.all(records.map((record) => this.findVm(record.spec.id)));
    return facts.filter((vm) => vm !== null);
  }

  async findVm(vmId: string): Promise<VmFacts | null> {
    const record = await this.#vms.find(vmId);
    return record === null ? null : this.#facts(record);
  }

  guest(vmId: string) {
    return createGuestChannel(async () => {
      const { process } = await this.#vms.getRunning(vmId);
      const { sessions } = this.#vms;
      return { agent: sessions.agent(vmId, process.pid), shell: sessions.shell(vmId, process.pid) };
    });
  }

  async openConsole(vmId: string) {
    await this.#vms.getRunning(vmId);
    const socket = connect(path.join(this.#vms.records.directoryOf(vmId), VM_FILES.console));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (cause) => reject(new HypervisorError('unreachable', 'The console is gone.', { cause })));
    });
    // From now on an error is an end: whoever reads sees the stream close.
    socket.on('error', silent);
    return socket;
  }

  async readConsoleLog(vmId: string): Promise<string> {
    await this.#vms.get(vmId);
    return readConsoleLog(this.#consoleLogOf(vmId));
  }

  #consoleLogOf(vmId: string): string {
    return path.join(this.#vms.records.directoryOf(vmId), VM_FILES.consoleLog);
  }

  async #boundConsoleLogs(): Promise<void> {
    // Of what runs: when files of a VM were last written is all that is known of an end that nobody saw.
    for (const { spec, process } of await this.#vms.records.list()) {
      if (process !== null) await boundConsoleLog(this.#consoleLogOf(spec.id));
    }
  }

  async statistics(vmId: string) {
    const { record, process } = await this.#vms.getRunning(vmId);
    const monitor = await this.#vms.sessions.monitor(vmId, process.pid);
    return readStatistics({ pid: process.pid, monitor, tap: tapNameOf(vmId), shape: record.spec.shape });
  }

  createVolume(spec: { readonly id: string; readonly sizeGiB: number }) {
    return this.#serial.run('volumes', () => this.#volumes.create(spec));
  }

  destroyVolume(volumeId: string): Promise<void> {
    return this.#serial.run('volumes', async () => {
      const volume = await this.#volumes.find(volumeId);
      if (volume === null) return;
      if (volume.attachedTo !== null)
        throw new HypervisorError('volume_in_use', `Volume ${volumeId} belongs to VM ${volume.attachedTo}.`);
      await this.#volumes.remove(volumeId);
    });
  }

  prepareVolume(vmId: string, volumeId: string): Promise<void> {
    return this.#serial.run(vmId, async () => {
      const record = await this.#vms.get(vmId);
      const volume = await this.#volumes.get(volumeId);
      if (record.process?.isUp) await plugSlot(await this.#vms.monitor(vmId), this.#volumes.pluggedOf(volume));
    });
  }

  attachVolume(vmId: string, volumeId: string) {
    return this.#serial.run(vmId, async () => {
      const record = await this.#vms.get(vmId);
      const volume = await this.#serial.run('volumes', async () => {
        const found = await this.#volumes.get(volumeId);
        if (found.attachedTo !== null && found.attachedTo !== vmId)
          throw new HypervisorError('volume_in_use', `Volume ${volumeId} belongs to VM ${found.attachedTo}.`);
        return this.#volumes.write({ ...found, attachedTo: vmId });
      });
      if (record.process?.isUp) {
        const monitor = await this.#vms.monitor(vmId);
        await plugVolume(monitor, this.#volumes.pluggedOf(volume));
      }
      return volume;
    });
  }

  detachVolume(vmId: string, volumeId: string) {
    return this.#serial.run(vmId, async () => {
      const volume = await this.#volumes.get(volumeId);
      if (volume.attachedTo !== vmId) return volume;
      const record = await this.#vms.find(vmId);
      if (record?.process != null) await unplugVolume(await this.#vms.monitor(vmId), this.#volumes.pluggedOf(volume));
      return this.#serial.run('volumes', () => this.#volumes.write({ ...volume, attachedTo: null }));
    });
  }

  seizeVolume(vmId: string, volumeId: string) {
    return this.#serial.run('volumes', async () => {
      const volume = await this.#volumes.get(volumeId);
      if (volume.attachedTo !== vmId) return volume;
      const record = await this.#vms.find(vmId);
      if (record?.process != null)
        throw new HypervisorError('volume_in_use', `The VM ${record.spec.name} runs: it is to be fenced first.`);
      return this.#volumes.write({ ...volume, attachedTo: null });
    });
  }

  listVolumes() {
    return this.#volumes.list();
  }

  async fenceVm(vmId: string): Promise<FenceEvidence> {
    const record = await this.#vms.records.find(vmId);
    const process = record?.process ?? null;
    if (record !== null) await this.killVm(vmId);
    if (record === null || (process === null && record.endedAt === null)) {
      const detail = record === null ? 'No host has this VM.' : 'It was defined and never started.';
      return { subject: vmId, at: new Date(), method: 'never-started', detail };
    }
    const detail =
      process === null
        ? `It ended at ${record.endedAt}; the kernel has no process of it.`
        : `The kernel has no process ${process.pid} of ${process.startedAt} any more.`;
    return { subject: vmId, at: new Date(), method: 'process-gone', detail };
  }

  async fenceHost(hostId: string): Promise<FenceEvidence> {
    if (!this.#lab.hosts().some((host) => host.name === hostId))
      throw new HypervisorError('not_found', `There is no host ${hostId}.`);
    const here = (await this.#vms.records.list()).filter((record) => record.spec.hostId === hostId);
    const evidence = await Promise.all(here.map((record) => this.fenceVm(record.spec.id)));
    const detail = evidence.map(({ subject, detail: words }) => `${subject}: ${words}`).join(' ');
    return { subject: hostId, at: new Date(), method: 'process-gone', detail: detail || 'No VM was on it.' };
  }

  /**
   * Ends the VM's process at once, whatever else is being done with the VM, which fails by that; then does its work in
   * turn. A power cut does not queue.
   */
  async #afterEndingProcess<T>(vmId: string, work: () => Promise<T>): Promise<T> {
    const record = await this.#vms.records.find(vmId);
    if (record?.process?.isUp) await killVm(this.#vms, record);
    return this.#serial.run(vmId, work);
  }

  async #adopt(vmId: string): Promise<void> {
    const record = await this.#vms.find(vmId);
    // Nobody waits for a start that its driver did not see through, written down or not.
    if (record !== null && !record.process?.isUp) await killVm(this.#vms, record);
  }

  #getMachine(image?: GuestImage): Promise<Machine> {
    this.#machine ??= this.#findMachine(image).catch((error: unknown) => {
      this.#machine = null;
      throw error;
    });
    return this.#machine;
  }

  async #findMachine(known: GuestImage | undefined): Promise<Machine> {
    const imagesDirectory = this.#imagesDirectory;
    const image = known ?? (await buildImage({ packages: [], imagesDirectory, progress: silent }));
    const [{ accelerator }, type] = await Promise.all([findAccelerator({ imagesDirectory, image }), findMachineType()]);
    return { accelerator, type };
  }

  async #ground(imageKey: string): Promise<Ground> {
    const image = await getImage(this.#imagesDirectory, imageKey);
    return { image, machine: await this.#getMachine(image) };
  }

  async #golden(image: GuestImage, machine: Machine): Promise<GoldenSnapshot> {
    return (
      (await findGolden(this.#imagesDirectory, image, machine)) ??
      ensureGolden(this.#imagesDirectory, image, machine, silent)
    );
  }

  async #refuseFullHost(spec: VmSpec): Promise<void> {
    const host = this.#lab.hosts().find((candidate) => candidate.name === spec.hostId);
    if (host === undefined) throw new HypervisorError('not_found', `There is no host ${spec.hostId}.`);
    const here = (await this.#vms.records.list()).filter((record) => record.spec.hostId === spec.hostId);
    const used = sumShapes(here.map((record) => record.spec.shape));
    if (shapeFits(addShapes(used, spec.shape), host.capacity)) return;
    const free = subtractShapes(host.capacity, used);
    throw new HypervisorError(
      'no_capacity',
      `${spec.hostId} has ${free.vcpus} vCPU, ${free.memoryMiB} MiB and ${free.diskGiB} GiB left.`,
    );
  }

  async #facts(record: VmRecord): Promise<VmFacts> {
    const volumes = await this.#volumes.of(record.spec.id);
    return this.#vms.facts(
      record,
      volumes.map((volume) => volume.id),
    );
  }
}
