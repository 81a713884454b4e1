import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HypervisorError } from '../../types';
import { runOrThrow } from '../run';
import { type AptSource, parseAptSources, renderReleaseSources } from './apt-sources';

/** The distribution that guests are made of: the machine's own. */
export interface MachineRelease {
  readonly distribution: 'debian' | 'ubuntu';
  readonly codename: string;
  /** One-line package sources. */
  readonly sources: string;
  /** Settings of the machine's package manager that fetching needs, such as a proxy, in apt.conf format. */
  readonly aptConfiguration: string;
  /** Package whose dependency is the newest kernel for virtual machines. */
  readonly kernelPackage: string;
}

const KERNEL_PACKAGES = { debian: 'linux-image-cloud-amd64', ubuntu: 'linux-image-virtual' } as const;

/** Settings of `Acquire` that decide whether and how packages can be fetched here. */
const FETCH_SETTINGS = /^Acquire::(https?::|Check-Valid-Until|Check-Date|Retries|Languages|ForceIPv[46])/;

/** Reads what the machine is. Throws `failed` on anything but Debian and Ubuntu. */
export const readMachineRelease = async (): Promise<MachineRelease> => {
  const release = parseOsRelease(await readFile('/etc/os-release', 'utf8'));
  const distribution = release.get('ID');
  const codename = release.get('VERSION_CODENAME');
  if ((distribution !== 'debian' && distribution !== 'ubuntu') || codename === undefined) {
    throw new HypervisorError('failed', 'Guest images can be built on Debian and Ubuntu only.');
  }
  const sources = renderReleaseSources(await readSources(), codename);
  if (sources === '') {
    throw new HypervisorError('failed', `This machine has no package source of its release ${codename}.`);
  }
  const { stdout } = await runOrThrow('apt-config', ['dump', 'Acquire'], { deadlineMs: 10_000 });
  const aptConfiguration = stdout
    .split('\n')
    .filter((line) => FETCH_SETTINGS.test(line))
    .map((line) => `${line}\n`)
    .join('');
  return { distribution, codename, sources, aptConfiguration, kernelPackage: KERNEL_PACKAGES[distribution] };
};

const parseOsRelease = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const match = /^([A-Z_]+)="?([^"]*)"?$/.exec(line);
      return match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const];
    }),
  );

const readSources = async (): Promise<readonly AptSource[]> => {
  const directory = '/etc/apt/sources.list.d';
  const names = await readdir(directory).catch(() => []);
  const files = ['/etc/apt/sources.list', ...names.sort().map((name) => path.join(directory, name))];
  const all = await Promise.all(
    files.map(async (file) => {
      const format = file.endsWith('.list') ? 'list' : file.endsWith('.sources') ? 'deb822' : null;
      if (format === null) return [];
      return parseAptSources(await readFile(file, 'utf8').catch(() => ''), format);
    }),
  );
  return all.flat();
};
