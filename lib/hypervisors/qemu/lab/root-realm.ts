import { readdir } from 'node:fs/promises';
import { runOrThrow } from '../run';
import type { Realm } from './realm';

/** Where ip(8) keeps named network namespaces. */
const DIRECTORY = '/run/netns';

/**
 * The realm of root: named network namespaces, as `ip netns list` shows them.
 *
 * A VM's process opens /dev/net/tun as an unprivileged user; the kernel then allows it only the taps that are its own.
 * The device has mode 0666 wherever udev sets it up (50-udev-default.rules), but not in every container or micro VM.
 */
export const createRootRealm = (): Realm => {
  const batch = (lines: readonly string[]) =>
    runOrThrow('ip', ['-batch', '-'], { deadlineMs: 10_000, input: `${lines.join('\n')}\n` });
  return {
    ownUserId: null,
    ensure: async () => {
      const script =
        'mkdir -p /dev/net && { [ -c /dev/net/tun ] || mknod /dev/net/tun c 10 200; } && chmod 0666 /dev/net/tun';
      await runOrThrow('sh', ['-c', script], { deadlineMs: 10_000 });
    },
    fileOf: (namespace) => `${DIRECTORY}/${namespace}`,
    listNamespaces: () => readdir(DIRECTORY).catch(() => []),
    addNamespaces: async (namespaces) => {
      if (namespaces.length > 0) await batch(namespaces.map((name) => `netns add ${name}`));
    },
    remove: async (namespaces) => {
      if (namespaces.length > 0) await batch(namespaces.map((name) => `netns delete ${name}`));
    },
    enter: () => null,
  };
};
