import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { HostSpec } from '@/lib/sim/lab';
import { HypervisorError } from '../../types';

/** What is wrong with hosts and sites because somebody wanted it so. What is not named is well. */
interface Stored {
  readonly hostsOff: readonly string[];
  /** Hosts, and sites whose hosts, cannot be asked. */
  readonly hostsCut: readonly string[];
  readonly sitesCut: readonly string[];
}

const WELL: Stored = { hostsOff: [], hostsCut: [], sitesCut: [] };

const withOrWithout = (names: readonly string[], name: string, isIn: boolean): readonly string[] =>
  isIn ? [...new Set([...names, name])].sort() : names.filter((other) => other !== name);

/** The conditions of a state directory's hosts: one file, replaced whole, that other drivers over it find. */
export class HostConditions {
  readonly #file: string;
  readonly #hosts: readonly HostSpec[];
  #stored: Stored | null = null;

  constructor(directory: string, hosts: readonly HostSpec[]) {
    this.#file = path.join(directory, 'conditions.json');
    this.#hosts = hosts;
  }

  /** `off`: its power is; `cut`: it goes on, and cannot be asked. Hosts that are not known are well. */
  async of(hostId: string): Promise<'well' | 'off' | 'cut'> {
    const { hostsOff, hostsCut, sitesCut } = await this.#load();
    if (hostsOff.includes(hostId)) return 'off';
    const site = this.#hosts.find((host) => host.name === hostId)?.site;
    return hostsCut.includes(hostId) || (site !== undefined && sitesCut.includes(site)) ? 'cut' : 'well';
  }

  /** Throws `unreachable` for a host that does not answer. */
  async refuseUnreachable(hostId: string): Promise<void> {
    if ((await this.of(hostId)) === 'well') return;
    throw new HypervisorError('unreachable', `The host ${hostId} does not answer.`);
  }

  async setOff(hostId: string, isOff: boolean): Promise<void> {
    const stored = await this.#load();
    await this.#write({ ...stored, hostsOff: withOrWithout(stored.hostsOff, hostId, isOff) });
  }

  async setHostCut(hostId: string, isCut: boolean): Promise<void> {
    const stored = await this.#load();
    await this.#write({ ...stored, hostsCut: withOrWithout(stored.hostsCut, hostId, isCut) });
  }

  async setSiteCut(site: string, isCut: boolean): Promise<void> {
    const stored = await this.#load();
    await this.#write({ ...stored, sitesCut: withOrWithout(stored.sitesCut, site, isCut) });
  }

  async clear(): Promise<void> {
    this.#stored = null;
    await rm(this.#file, { force: true });
  }

  async #load(): Promise<Stored> {
    if (this.#stored !== null) return this.#stored;
    const text = await readFile(this.#file, 'utf8').catch(() => null);
    this.#stored = text === null ? WELL : (JSON.parse(text) as Stored);
    return this.#stored;
  }

  async #write(stored: Stored): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.new`, JSON.stringify(stored), { mode: 0o600, flush: true });
    await rename(`${this.#file}.new`, this.#file);
    this.#stored = stored;
  }
}
