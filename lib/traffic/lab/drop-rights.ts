/** Debian's `nobody` and `nogroup` (base-passwd); other systems have the same numbers. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;

/** Root becomes `nobody`. An ordinary user, or root of a user namespace that has nobody else, stays what it is. */
export const dropRights = (): void => {
  if (process.getuid?.() !== 0) return;
  try {
    process.setgroups?.([]);
    process.setgid?.(NOBODY.gid);
    process.setuid?.(NOBODY.uid);
  } catch {
    // In a user namespace with one user these do not exist; its root has no rights outside.
  }
};
