import { chown, stat } from 'node:fs/promises';

/**
 * The user that VMs run as where Headroom runs as root: a number without an account, so that no password, home or
 * other service goes with it. From Debian's range 60000–64999, which no package takes without being told so
 * (Debian policy 9.2.2), clear of what is allotted there.
 */
export const VM_USER = { uid: 64_877, gid: 64_877 } as const;

/**
 * What to put before a program of a VM so that it runs without privileges. Its only group besides its own is the one
 * that may use /dev/kvm. Nothing for an ordinary user, whose programs have no privileges to begin with.
 */
export const asVmUser = async (): Promise<readonly string[]> => {
  if (process.getuid?.() !== 0) return [];
  const kvm = await stat('/dev/kvm').catch(() => null);
  const groups = kvm !== null && (kvm.mode & 0o060) === 0o060 ? `--groups=${kvm.gid}` : '--clear-groups';
  return ['setpriv', `--reuid=${VM_USER.uid}`, `--regid=${VM_USER.gid}`, groups, '--no-new-privs', '--'];
};

/** Gives files or directories to the user that VMs run as; they belong to an ordinary user already. */
export const giveToVmUser = async (paths: readonly string[]): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  await Promise.all(paths.map((path) => chown(path, VM_USER.uid, VM_USER.gid)));
};

/** Takes files or directories back from the user that VMs run as. */
export const takeFromVmUser = async (paths: readonly string[]): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  await Promise.all(paths.map((path) => chown(path, 0, 0)));
};
