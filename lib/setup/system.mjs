import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const INSTALL_DEADLINE_MS = 15 * 60_000;

/** The program that shows a package is there, and the Debian package. */
const VM_PROGRAMS = [
  ['qemu-system-x86_64', 'qemu-system-x86'],
  ['qemu-img', 'qemu-utils'],
  ['mmdebstrap', 'mmdebstrap'],
  ['ip', 'iproute2'],
  ['cpio', 'cpio'],
  ['zstd', 'zstd'],
  ['arping', 'iputils-arping'],
  ['mkfs.ext4', 'e2fsprogs'],
  ['setpriv', 'util-linux'],
];
const BROWSER_PROGRAMS = [['chromium-headless-shell', 'chromium-headless-shell']];

/**
 * The Debian packages that are missing here.
 *
 * @param {{ vms?: boolean, browser?: boolean }} needs
 * @returns {string[]}
 */
export function missingPackages({ vms = false, browser = false }) {
  const programs = [...(vms ? VM_PROGRAMS : []), ...(browser ? BROWSER_PROGRAMS : [])];
  return programs.filter(([program]) => !isInstalled(program)).map(([, name]) => name);
}

function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Whether a system is this distribution, or says that it is like it.
 *
 * @param {string} osRelease
 * @param {string} distribution
 */
export const isKinOf = (osRelease, distribution) =>
  new RegExp(`^ID(_LIKE)?=.*\\b${distribution}\\b`, 'm').test(osRelease);

/**
 * What can be done about missing packages here: `install` them, have a person `ask`ed to run one command, or nothing,
 * on a system without apt.
 *
 * @param {{ missing: readonly string[], isRoot: boolean, osRelease: string }} facts
 * @returns {{ act: 'nothing' } | { act: 'install', packages: readonly string[] } | { act: 'ask', message: string }}
 */
export function planSystem({ missing, isRoot, osRelease }) {
  if (missing.length === 0) return { act: 'nothing' };
  const isDebian = isKinOf(osRelease, 'debian') || isKinOf(osRelease, 'ubuntu');
  if (isDebian && isRoot) return { act: 'install', packages: missing };
  const list = missing.join(' ');
  if (isDebian) {
    const command = `sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${list}'`;
    return {
      act: 'ask',
      message: `Some system packages are missing. Run this once, then start again:\n\n  ${command}\n`,
    };
  }
  return {
    act: 'ask',
    message:
      `Virtual machines need Linux with what Debian calls: ${list}.\n` +
      `On Debian and Ubuntu they are installed by themselves; here, install them and start again.\n`,
  };
}

export const readOsRelease = () => {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
};

/**
 * Installs Debian packages. Throws with apt's own words.
 *
 * @param {readonly string[]} packages
 */
export async function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt at work, such as a fresh machine's own, holds the lock for a while.
  const patient = ['-o', 'DPkg::Lock::Timeout=300'];
  const options = { deadlineMs: INSTALL_DEADLINE_MS, env };
  const update = await run('apt-get', [...patient, 'update', '-q'], options);
  const args = [...patient, 'install', '-y', '-q', '--no-install-recommends', ...packages];
  const install = await run('apt-get', args, options);
  if (install.code === 0) return;
  const words = `${update.code === 0 ? '' : update.output}${install.output}`.slice(-4_000);
  throw new Error(`apt-get could not install ${packages.join(' ')}:\n${words}`);
}
