import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { VolumeFacts, VolumeSpec } from '../../types';
import { HypervisorError } from '../../types';
import { giveToVmUser } from '../lab/vm-user';
import type { PluggedVolume } from './plug';

/** The data volumes of a state directory: a raw file each, and beside it who has it. Calls must not overlap. */
export class Volumes {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  dataOf(volumeId: string): string {
    return path.join(this.#directory, `${volumeId}.raw`);
  }

  /** As a VM gets it. */
  pluggedOf({ id, sizeGiB }: VolumeSpec): PluggedVolume {
    return { id, file: this.dataOf(id), sizeBytes: sizeGiB * 2 ** 30 };
  }

  async find(volumeId: string): Promise<VolumeFacts | null> {
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(volumeId)) return null;
    const text = await readFile(this.#factsOf(volumeId), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as VolumeFacts);
  }

  /** Throws `not_found`. */
  async get(volumeId: string): Promise<VolumeFacts> {
    const volume = await this.find(volumeId);
    if (volume === null) throw new HypervisorError('not_found', `There is no volume ${volumeId}.`);
    return volume;
  }

  async list(): Promise<readonly VolumeFacts[]> {
    const names = (await readdir(this.#directory).catch(() => [])).filter((name) => name.endsWith('.json'));
    const volumes = await Promise.all(names.sort().map((name) => this.find(name.slice(0, -'.json'.length))));
    return volumes.filter((volume) => volume !== null);
  }

  async of(vmId: string): Promise<readonly VolumeFacts[]> {
    return (await this.list()).filter((volume) => volume.attachedTo === vmId);
  }

  /** Throws `already_exists` when it is there in another size. */
  async create(spec: VolumeSpec): Promise<VolumeFacts> {
    const known = await this.find(spec.id);
    if (known !== null && known.sizeGiB !== spec.sizeGiB)
      throw new HypervisorError('already_exists', `Volume ${spec.id} is there with ${known.sizeGiB} GiB.`);
    if (known !== null) return known;
    await mkdir(this.#directory, { recursive: true });
    const file = await open(this.dataOf(spec.id), 'w', 0o600);
    await file.truncate(this.pluggedOf(spec).sizeBytes);
    await file.close();
    await giveToVmUser([this.dataOf(spec.id)]);
    return this.write({ id: spec.id, sizeGiB: spec.sizeGiB, attachedTo: null });
  }

  async write(volume: VolumeFacts): Promise<VolumeFacts> {
    const file = this.#factsOf(volume.id);
    await writeFile(`${file}.new`, JSON.stringify(volume), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
    return volume;
  }

  async remove(volumeId: string): Promise<void> {
    await rm(this.#factsOf(volumeId), { force: true });
    await rm(this.dataOf(volumeId), { force: true });
  }

  /** None may be in use. */
  async removeAll(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  #factsOf(volumeId: string): string {
    return path.join(this.#directory, `${volumeId}.json`);
  }
}
