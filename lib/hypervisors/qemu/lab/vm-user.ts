/**
 * The user that VMs run as where Headroom runs as root: a number without an account, so that no password, home or
 * other service goes with it. From Debian's range 60000–64999, which no package takes without being told so
 * (Debian policy 9.2.2), clear of what is allotted there.
 */
export const VM_USER = { uid: 64_877, gid: 64_877 } as const;
