import { readdir, readlink } from 'node:fs/promises';
import { run, runOrThrow } from '../run';

/** A program with its first arguments; what is to be run comes after them. */
export interface Prefix {
  readonly command: string;
  readonly args: readonly string[];
}

/** Where the lab's namespaces live: the machine itself for root, a user namespace for an ordinary user. */
export interface Realm {
  /** User id that a tap of this process's VMs belongs to, as it is called inside the realm; null: the caller's choice. */
  readonly ownUserId: number | null;
  /** Makes the realm, or finds it. Throws `failed` with the one thing to do where the kernel does not allow it. */
  ensure(): Promise<void>;
  /** File of a network namespace, as seen from within the realm. */
  fileOf(namespace: string): string;
  listNamespaces(): Promise<readonly string[]>;
  addNamespaces(namespaces: readonly string[]): Promise<void>;
  /** Removes these, which must be all of the lab's, and the realm with them. */
  remove(namespaces: readonly string[]): Promise<void>;
  /** Runs what follows as the realm's root, outside of the lab's network. Null: nothing is needed for that. */
  enter(): Prefix | null;
}

const DEADLINE_MS = 10_000;

/** The prefix that puts a program into a network namespace of the realm. */
export const enterNamespace = (realm: Realm, namespace: string): Prefix =>
  extend(realm.enter(), ['nsenter', `--net=${realm.fileOf(namespace)}`, '--']);

const extend = (prefix: Prefix | null, args: readonly string[]): Prefix => {
  if (prefix !== null) return { command: prefix.command, args: [...prefix.args, ...args] };
  const [command = '', ...rest] = args;
  return { command, args: rest };
};

export const runIn = (prefix: Prefix | null, args: readonly string[], input?: string) => {
  const { command, args: all } = extend(prefix, args);
  return run(command, all, { deadlineMs: DEADLINE_MS, input });
};

export const runInOrThrow = (prefix: Prefix | null, args: readonly string[], input?: string) => {
  const { command, args: all } = extend(prefix, args);
  return runOrThrow(command, all, { deadlineMs: DEADLINE_MS, input });
};

/** Processes that are in one of these network namespaces. */
export const processesIn = async (realm: Realm, namespaces: readonly string[]): Promise<readonly number[]> => {
  if (namespaces.length === 0) return [];
  const { stdout } = await runIn(realm.enter(), ['stat', '-L', '-c', 'net:[%i]', ...namespaces.map(realm.fileOf)]);
  const wanted = new Set(stdout.split('\n').filter((line) => line !== ''));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => (wanted.has(await readlink(`/proc/${pid}/ns/net`).catch(() => '')) ? [Number(pid)] : [])),
  );
  return found.flat();
};
